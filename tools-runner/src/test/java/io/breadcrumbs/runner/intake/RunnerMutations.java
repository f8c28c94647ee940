package io.breadcrumbs.runner.intake;

import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.log.Position;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Deliberately broken rules of a runner: the simulation must catch each. */
final class RunnerMutations {

    enum Mutation {
        EXECUTES_WITHOUT_THE_FIRST_MARKER,
        FORGETS_ITS_ANSWERS,
        EXECUTES_WHAT_IS_EXECUTED,
        DONE_BEFORE_ANSWER,
        GIVES_UP_AN_ANSWER,
        CANCELS_LATER_REQUESTS_OF_A_RUN,
        FORGETS_EARLIER_CANCELS
    }

    private RunnerMutations() {}

    static Intake.Mechanism with(Mutation mutation) {
        return new Intake.Mechanism(
                answers -> new BrokenMemory(answers, mutation),
                (bus, time) -> new BrokenAnswers(bus, time, mutation),
                (bus, time) -> new BrokenMarkers(bus, time, mutation),
                (time, then) -> new BrokenCancels(time, then, mutation));
    }

    private static final class BrokenMemory extends Remembered {

        private final Mutation mutation;

        BrokenMemory(int answersAtMost, Mutation mutation) {
            super(answersAtMost);
            this.mutation = mutation;
        }

        @Override
        @Nullable
        Work openOr(Work work) {
            Work first = super.openOr(work);
            return mutation == Mutation.EXECUTES_WHAT_IS_EXECUTED ? null : first;
        }

        @Override
        @Nullable
        Work open(String id) {
            return mutation == Mutation.EXECUTES_WHAT_IS_EXECUTED ? null : super.open(id);
        }

        @Override
        @Nullable
        ToolResponse answer(String id) {
            return mutation == Mutation.FORGETS_ITS_ANSWERS ? null : super.answer(id);
        }
    }

    private static final class BrokenAnswers extends Answers {

        private final Bus bus;
        private final Mutation mutation;

        BrokenAnswers(Bus bus, Time time, Mutation mutation) {
            super(bus, time);
            this.bus = bus;
            this.mutation = mutation;
        }

        @Override
        void publish(ToolResponse answer, @Nullable String traceparent, Runnable then) {
            switch (mutation) {
                case DONE_BEFORE_ANSWER -> {
                    then.run();
                    super.publish(answer, traceparent, () -> {});
                }
                case GIVES_UP_AN_ANSWER ->
                    bus.publish(Draft.of(Catalogue.TOOL_RESPONSE, answer.getRequestId(), answer))
                            .whenComplete((_, _) -> then.run());
                default -> super.publish(answer, traceparent, then);
            }
        }
    }

    private static final class BrokenMarkers extends Markers {

        private final Mutation mutation;

        BrokenMarkers(Bus bus, Time time, Mutation mutation) {
            super(bus, time);
            this.mutation = mutation;
        }

        @Override
        boolean mayExecute(String winner, String marker) {
            return mutation == Mutation.EXECUTES_WITHOUT_THE_FIRST_MARKER || super.mayExecute(winner, marker);
        }
    }

    private static final class BrokenCancels extends Cancels {

        private final Instant began;
        private final Mutation mutation;

        BrokenCancels(Time time, Consumer<ToolCancel> then, Mutation mutation) {
            super(then);
            this.began = time.now();
            this.mutation = mutation;
        }

        @Override
        public void read(Breadcrumb<ToolCancel> breadcrumb, Position position, Lane lane) {
            boolean earlier = breadcrumb.body().getMeta().getCreatedAtMs() < began.toEpochMilli();
            if (mutation != Mutation.FORGETS_EARLIER_CANCELS || !earlier) {
                super.read(breadcrumb, position, lane);
            }
        }

        @Override
        boolean means(ToolCancel cancel, ToolRequest request) {
            String run = cancel.getRunId();
            return super.means(cancel, request)
                    || (mutation == Mutation.CANCELS_LATER_REQUESTS_OF_A_RUN
                            && run != null
                            && run.equals(request.getRunId()));
        }
    }
}
