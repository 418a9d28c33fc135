"""A week whose ids are replaced: the same everywhere, and only told back by who has the key."""

from caseload_balancer.pseudonyms.keys import a_key, new_key, read_key
from caseload_balancer.pseudonyms.naming import Pseudonyms
from caseload_balancer.pseudonyms.weeks import ids_of, pseudonymise

__all__ = ["Pseudonyms", "a_key", "ids_of", "new_key", "pseudonymise", "read_key"]
