package io.breadcrumbs.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {

    private static final Caller ANN = new Caller("ours", "ann");

    private final OpenStreams streams = new OpenStreams(LimitSettings.USUAL.withStreams(2));

    private void assertRefused(Caller caller) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> streams.open(caller))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.TOO_MANY));
    }

    @Test
    void shouldLetEachCallerHaveSoManyAndForgetWhoHasNone() {
        OpenStreams.Permit first = streams.open(ANN);
        OpenStreams.Permit second = streams.open(ANN);
        OpenStreams.Permit others = streams.open(new Caller("theirs", "ann"));
        assertRefused(ANN);

        first.close();
        first.close();

        OpenStreams.Permit third = streams.open(ANN);
        assertRefused(ANN);
        second.close();
        third.close();
        others.close();
        assertThat(streams.size()).isZero();
    }
}
