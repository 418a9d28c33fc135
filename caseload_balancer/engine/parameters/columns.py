"""Parameters of column generation over arcs, of smoothed duals and of cuts."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.engine.parameters.checked import Checked, count, number, share


@dataclass(frozen=True, kw_only=True)
class ColumnGenerationParameters(Checked):
    """How columns of the linear program are chosen.

    None of these was tuned on its own; the bound is valid with any values.

    Parameters
    ----------
    arcs_a_unit
        Arcs of each unit that are active at first, and that are added at most in a round.
    all_arcs_up_to
        Up to so many arcs, all are active from the beginning.
    smoothed_from_units, smoothed_from_entries
        From so many units or entries of the program on, smoothed duals choose the first columns:
        the simplex method alone takes long there. With 500 workers x 6,600 units they take a second
        or two. Programs with more entries are not rounded before there is a decomposition, either;
        of 50 workers x 1,000 units, with 150,000 entries, two were proven in 1.2 and 1.4 s because
        the linear program's solution was rounded, instead of 1.5 each.
    smoothed_options_a_unit
        Options of a unit, on average, that are active after smoothed duals.
    smoothed_gap
        Share of the bound of smoothed duals by which the best known assignment may be above it
        where a large program is to do without the simplex method. With 500 workers x 6,600 units it
        is 0.003; where many workers are at hard limits it was 0.1, and the bound stayed there.
    segments_near
        Segments of a convex cost on each side of the incumbent's load that are active at first.
    rounds
        Rounds of pricing at most; the bound is valid whenever they end.
    rounds_after_cuts
        Rounds of pricing after each round of cuts.
    gap
        Share of the objective by which the bound may be below it when pricing ends.
    gap_in_haste
        The same where less work is left than the linear program took so far: its solution is to be
        rounded yet. Of 20 localities of 50 workers x 1,000 units each with the work of half a
        second, none was rounded without this.
    stalled
        Share of the objective below which a round of columns or cuts has gained nothing.
    """

    arcs_a_unit: int = count(5)
    all_arcs_up_to: int = count(4_000, least=0)
    smoothed_from_units: int = count(3_000, least=0)
    smoothed_from_entries: int = count(300_000, least=0)
    smoothed_options_a_unit: int = count(2)
    smoothed_gap: float = share(0.01)
    segments_near: int = count(12)
    rounds: int = count(40)
    rounds_after_cuts: int = count(2)
    gap: float = share(5e-6)
    gap_in_haste: float = share(1e-3)
    stalled: float = share(1e-6)


@dataclass(frozen=True, kw_only=True)
class SmoothedDualsParameters(Checked):
    """How duals are smoothed.

    Judged by how near the bound of the duals came to the linear program's with 500 workers x 6,600
    units: the difference was 0.08 % of the gap's base.

    Parameters
    ----------
    rounds, least_rounds
        Rounds at most, and rounds made even where they take more than their share of the work.
    work_share
        Share of the work left that more than the least rounds may take.
    cooling
        Share of the rounds in which the temperature falls.
    hottest, coldest
        Temperatures at first and at last, as a share of what options usually differ by.
    step, momentum
        Of the gradient method.
    farthest
        How far a price may go in a round, in temperatures for a usual use.
    free_within
        Columns so many temperatures from changing whether they are taken are fixed for a while.
    refresh
        Rounds between two choices of the columns that are not fixed.
    """

    rounds: int = count(100)
    least_rounds: int = count(40)
    work_share: float = share(0.4)
    cooling: float = number(0.8, least=1e-3, most=1.0)
    hottest: float = number(0.2, least=1e-9)
    coldest: float = number(0.005, least=1e-9)
    step: float = number(0.7, least=0.0)
    momentum: float = share(0.9)
    farthest: float = number(2.0, least=0.0)
    free_within: float = number(10.0, least=0.0)
    refresh: int = count(5)


@dataclass(frozen=True, kw_only=True)
class CutParameters(Checked):
    """Which MIR cuts and Gomory cuts are added.

    Parameters
    ----------
    mir_rounds
        Rounds of MIR cuts before the decomposition, which begins at better duals thanks to them.
        Not tuned.
    mir_breakpoints
        Breakpoints tried on each side of a load. Not tuned.
    mir_cuts_a_row
        MIR cuts kept of one load row in one round. Not tuned.
    mir_least_efficacy
        Distance from the solution below which a MIR cut is left out. Not tuned.
    gomory_entries
        Entries of the last tier's program beyond which no Gomory cuts are separated: a
        decomposition gains more in the same time there. Services of 25 workers have 40,000 to
        47,000, and are proven later by a proximal master; localities of 49 workers x 700 units have
        105,000 to 123,000, and with groups their gaps fell to a third.
    gomory_rounds
        Rounds of Gomory cuts at most.
    gomory_cuts
        Gomory cuts of a round at most, the deepest.
    gomory_columns
        Fractional columns whose rows are rounded, those nearest to a half.
    gomory_core
        Rows of the equations that are solved together; more take too long.
    gomory_least_efficacy
        Distance from the solution below which a Gomory cut is left out. Not tuned.
    gomory_parallel
        Of two cuts with a larger cosine, the less deep one is left out. Not tuned.
    gomory_fraction
        A right-hand side nearer than this to a whole number gives a weak cut. Not tuned.
    gomory_worth_trying, gomory_worth_keeping
        Share of what MIR cuts gained that Gomory cuts have to gain: in their first round, and in
        all. Judged on services of 25 to 50 workers: with 50 workers x 1,000 units Gomory cuts
        gained seven times as much as MIR cuts.
    """

    mir_rounds: int = count(1, least=0)
    mir_breakpoints: int = count(12)
    mir_cuts_a_row: int = count(3)
    mir_least_efficacy: float = number(1e-3, least=0.0)
    gomory_entries: int = count(75_000, least=0)
    gomory_rounds: int = count(8, least=0)
    gomory_cuts: int = count(30)
    gomory_columns: int = count(80)
    gomory_core: int = count(1_500)
    gomory_least_efficacy: float = number(1e-4, least=0.0)
    gomory_parallel: float = share(0.5)
    gomory_fraction: float = number(0.02, least=0.0, most=0.5)
    gomory_worth_trying: float = number(0.25, least=0.0)
    gomory_worth_keeping: float = number(1.0, least=0.0)
