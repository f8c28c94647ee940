package io.breadcrumbs.local.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breadcrumbs.api.limit.LimitSettings;
import io.breadcrumbs.local.console.FailureException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SecurityOptionsTest {

    private static SecurityOptions options(List<String> arguments) {
        return CommandLine.populateCommand(new SecurityOptions(), arguments.toArray(String[]::new));
    }

    private static LimitSettings limits(String... arguments) {
        SecurityOptions options = options(List.of(arguments));
        LimitSettings limits = options.settings().limits();
        assertThat(options(options.arguments()).settings().limits())
                .as("what a process is started with again")
                .isEqualTo(limits);
        return limits;
    }

    @Test
    void shouldLeaveLimitsAsTheyAreUnlessToldOtherwise() {
        assertThat(limits()).isEqualTo(LimitSettings.ALONE);
        assertThat(limits("--secure")).isEqualTo(LimitSettings.USUAL);
    }

    @Test
    void shouldTakeOtherLimitsWithSecurityAndWithout() {
        String[] all = {"--requests-per-second=50", "--streams=7", "--open-runs=9"};

        assertThat(limits(all))
                .isEqualTo(
                        LimitSettings.ALONE.withRequests(50, 100).withStreams(7).withOpenRuns(9));
        assertThat(limits(all[0], all[1], all[2], "--secure"))
                .isEqualTo(
                        LimitSettings.USUAL.withRequests(50, 100).withStreams(7).withOpenRuns(9));
        assertThat(limits("--requests-per-second=0", "--open-runs=0", "--secure"))
                .isEqualTo(LimitSettings.USUAL.withRequests(0, 1).withOpenRuns(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--requests-per-second=-1 | --requests-per-second: expected 0 to 1000000, got -1",
                "--streams=0 | --streams: expected 1 to 1000000, got 0",
                "--open-runs=1000001 | --open-runs: expected 0 to 1000000, got 1000001"
            })
    void shouldRefuseLimitsThatAreNone(String option, String message) {
        assertThatThrownBy(() -> limits(option))
                .isInstanceOf(FailureException.class)
                .hasMessage(message);
    }
}
