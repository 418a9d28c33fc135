"""The commands ``caseload policy ...``; what they do is loaded when one of them runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from caseload_balancer.cli.help_examples import WithExamples
from caseload_balancer.cli.option_groups import with_groups
from caseload_balancer.cli.options import Seed, SpeechOptions, TimeLimit, WeekOptions

policy_app = typer.Typer(
    cls=WithExamples,
    add_completion=False,
    no_args_is_help=True,
    help="What decisions say about the rates of a policy, and a policy from a few choices.",
)


@policy_app.command()
@with_groups
def revealed(
    weeks: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="The settings of weekly runs, or a file that names weeks and decisions.",
        ),
    ],
    say: SpeechOptions,
) -> None:
    """Say which values of each rate agree with what was decided; nothing is changed."""
    with say.run("policy revealed") as terminal:
        from caseload_balancer.cli.policy import show_revealed

        raise typer.Exit(show_revealed(terminal, weeks))


@policy_app.command()
@with_groups
def elicit(
    asked: WeekOptions,
    say: SpeechOptions,
    *,
    answers: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="Answers with commas between: 1, 2 or = for each pair. Without, you are asked.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A new policy file for the proposal.")
    ] = None,
    time_limit: TimeLimit = 10.0,
    seed: Seed = 0,
) -> None:
    """Show six to eight pairs of plans of this week, and propose a policy from the choices."""
    with say.run("policy elicit") as terminal:
        from caseload_balancer.cli.policy import show_elicitation

        code = show_elicitation(
            terminal,
            asked.week,
            asked.policy,
            answers=answers,
            out=out,
            time_limit=time_limit,
            seed=seed,
        )
        raise typer.Exit(code)
