package io.breadcrumbs.local.kill.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.local.kill.engines.Havoc.Strike;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HavocTest {

    private static final List<String> ENGINES = List.of("a", "b", "c");
    private static final List<String> RUNNERS = List.of("x", "y", "z");

    @Test
    void shouldKillInTheSameOrderByTheSameSeed() {
        assertThat(strikes(7, 3)).isEqualTo(strikes(7, 3));
        assertThat(strikes(7, 3)).isNotEqualTo(strikes(8, 3));
    }

    @Test
    void shouldKillEverybodySoonerOrLaterAndNobodyNever() {
        assertThat(strikes(1, 3))
                .noneMatch(Strike::nobody)
                .anyMatch(strike -> strike.engines().equals(ENGINES))
                .anyMatch(strike -> strike.runners().equals(RUNNERS))
                .anyMatch(strike -> strike.engines().size() == 2)
                .anyMatch(strike -> strike.broker() == 3 && strike.engines().isEmpty())
                .anyMatch(strike -> strike.broker() == 1 && strike.engines().size() == 1)
                .anyMatch(Strike::hasty);
    }

    @Test
    void shouldSpareBrokersThatAreTooFew() {
        assertThat(strikes(1, 0)).allMatch(strike -> strike.broker() == 0).noneMatch(Strike::nobody);
    }

    private static List<Strike> strikes(long seed, int brokers) {
        Havoc havoc = new Havoc(seed, ENGINES, RUNNERS, brokers);
        return Stream.generate(havoc::next).limit(200).toList();
    }
}
