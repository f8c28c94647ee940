package io.breadcrumbs.local.bench.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.bench.StepRunner;
import io.breadcrumbs.sdk.testkit.workflow.WorkflowTrial;
import io.breadcrumbs.sdk.workflow.run.RunStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {

    @ParameterizedTest
    @CsvSource({"ONE, 1", "THREE, 3", "TEN, 10", "FAN100, 100", "NESTED10, 1", "MAP1000, 1000"})
    void shouldBeAWorkflowThatAsksForSoManyTools(Shape shape, int requests) {
        WorkflowTrial trial = new WorkflowTrial(shape.definition())
                .with(StepRunner.TOOL, input -> input)
                .start(Shape.INPUT);

        assertThat(trial.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(trial.requests()).hasSize(requests);
    }
}
