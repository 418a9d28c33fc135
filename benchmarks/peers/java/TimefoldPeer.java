import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StreamTokenizer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * Timefold on Java: units are planning entities, each with the places it may go to as its own value
 * range. Costs are kept by an incremental score calculator, the fastest kind Timefold has; use
 * beyond a limit is the hard score. Reads the instance as whole numbers from standard input, in the
 * order in which main takes them, and prints the place of each unit.
 */
public final class TimefoldPeer {

    /**
     * Tuned on county-localities: sizes of 400 and 2000 with counts of 1 and 4 (the defaults are 400 and
     * 1) were between 10 and 60 times as far above the floor after 15 s; 5 to 50 with 4 to 64 differ
     * by 1 %.
     */
    private static final int LATE_SIZE = 10;

    private static final int ACCEPTED_COUNT = 4;

    /** What building the solver and printing the plan take beside the search. */
    private static final long FINISH_MILLISECONDS = 300;

    static int workers;
    static int resources;
    static long[][] limit;
    static long[][][] at;
    static long[][][] step;

    /** A worker, or the place to wait (number -1). */
    public record Place(int number) {}

    /** What goes to one place: its options, in ascending order of place. */
    @PlanningEntity
    public static class Unit {
        @PlanningId
        public int id;

        @ValueRangeProvider
        public List<Place> places;

        @PlanningVariable
        public Place place;

        public int[] numbers;
        public long[] cost;
        public long[][] use;

        int option() {
            return Arrays.binarySearch(numbers, place.number());
        }
    }

    /** All units, and the score. */
    @PlanningSolution
    public static class Plan {
        @PlanningEntityCollectionProperty
        public List<Unit> units;

        @PlanningScore
        public HardSoftLongScore score;
    }

    /** Keeps each worker's use, the excess over limits and the cost up to date. */
    public static class Calculator implements IncrementalScoreCalculator<Plan, HardSoftLongScore> {
        private long[][] used;
        private long excess;
        private long cost;

        @Override
        public void resetWorkingSolution(Plan plan) {
            used = new long[resources][workers];
            excess = 0;
            cost = 0;
            for (Unit unit : plan.units) {
                change(unit, 1);
            }
        }

        @Override
        public void beforeVariableChanged(Object entity, String variableName) {
            change((Unit) entity, -1);
        }

        @Override
        public void afterVariableChanged(Object entity, String variableName) {
            change((Unit) entity, 1);
        }

        @Override
        public HardSoftLongScore calculateScore() {
            return HardSoftLongScore.of(-excess, -cost);
        }

        private void change(Unit unit, int sign) {
            if (unit.place == null) {
                return;
            }
            int option = unit.option();
            int worker = unit.numbers[option];
            cost += sign * unit.cost[option];
            if (worker < 0) {
                return;
            }
            for (int resource = 0; resource < resources; resource++) {
                long amount = unit.use[resource][option];
                if (amount != 0) {
                    count(resource, worker, -1);
                    used[resource][worker] += sign * amount;
                    count(resource, worker, 1);
                }
            }
        }

        private void count(int resource, int worker, int sign) {
            long use = used[resource][worker];
            excess += sign * Math.max(0, use - limit[resource][worker]);
            long[] corners = at[resource][worker];
            long[] steps = step[resource][worker];
            for (int point = 0; point < corners.length && use > corners[point]; point++) {
                cost += sign * steps[point] * (use - corners[point]);
            }
        }

        @Override
        public void beforeEntityAdded(Object entity) {}

        @Override
        public void afterEntityAdded(Object entity) {
            change((Unit) entity, 1);
        }

        @Override
        public void beforeEntityRemoved(Object entity) {
            change((Unit) entity, -1);
        }

        @Override
        public void afterEntityRemoved(Object entity) {}
    }

    private static StreamTokenizer input;

    private static long next() throws IOException {
        input.nextToken();
        return (long) input.nval;
    }

    /** Arguments: when to have finished, in milliseconds since 1970, and the random seed. */
    public static void main(String[] arguments) throws IOException {
        input = new StreamTokenizer(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        Plan plan = read();
        long left = Long.parseLong(arguments[0]) - System.currentTimeMillis() - FINISH_MILLISECONDS;
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Plan.class)
                .withEntityClasses(Unit.class)
                .withRandomSeed(Long.parseLong(arguments[1]))
                .withScoreDirectorFactory(new ScoreDirectorFactoryConfig()
                        .withIncrementalScoreCalculatorClass(Calculator.class))
                .withTerminationConfig(new TerminationConfig()
                        .withSpentLimit(Duration.ofMillis(Math.max(100, left))))
                .withPhases(new LocalSearchPhaseConfig()
                        .withMoveSelectorConfig(new UnionMoveSelectorConfig(List.of(
                                new ChangeMoveSelectorConfig(), new SwapMoveSelectorConfig())))
                        .withAcceptorConfig(new LocalSearchAcceptorConfig()
                                .withLateAcceptanceSize(LATE_SIZE))
                        .withForagerConfig(new LocalSearchForagerConfig()
                                .withAcceptedCountLimit(ACCEPTED_COUNT)));
        Plan best = SolverFactory.<Plan>create(config).buildSolver().solve(plan);
        StringJoiner line = new StringJoiner(" ");
        for (Unit unit : best.units) {
            line.add(Integer.toString(unit.place.number()));
        }
        System.out.println(line);
    }

    private static Plan read() throws IOException {
        workers = (int) next();
        resources = (int) next();
        limit = new long[resources][workers];
        at = new long[resources][workers][];
        step = new long[resources][workers][];
        for (int resource = 0; resource < resources; resource++) {
            for (int worker = 0; worker < workers; worker++) {
                limit[resource][worker] = next();
                int breakpoints = (int) next();
                at[resource][worker] = new long[breakpoints];
                step[resource][worker] = new long[breakpoints];
                for (int point = 0; point < breakpoints; point++) {
                    at[resource][worker][point] = next();
                    step[resource][worker][point] = next();
                }
            }
        }
        Place[] places = new Place[workers + 1];
        for (int worker = -1; worker < workers; worker++) {
            places[worker + 1] = new Place(worker);
        }
        Plan plan = new Plan();
        int units = (int) next();
        plan.units = new ArrayList<>(units);
        for (int id = 0; id < units; id++) {
            plan.units.add(readUnit(id, places));
        }
        return plan;
    }

    private static Unit readUnit(int id, Place[] places) throws IOException {
        Unit unit = new Unit();
        unit.id = id;
        unit.place = places[(int) next() + 1];
        int options = (int) next();
        unit.numbers = new int[options];
        unit.cost = new long[options];
        unit.use = new long[resources][options];
        unit.places = new ArrayList<>(options);
        for (int option = 0; option < options; option++) {
            unit.numbers[option] = (int) next();
            unit.places.add(places[unit.numbers[option] + 1]);
            unit.cost[option] = next();
            for (int resource = 0; resource < resources; resource++) {
                unit.use[resource][option] = next();
            }
        }
        return unit;
    }
}
