"""``python -m caseload_balancer``: the command line where ``caseload`` is not on the path."""

from caseload_balancer.cli import main

if __name__ == "__main__":
    main()
