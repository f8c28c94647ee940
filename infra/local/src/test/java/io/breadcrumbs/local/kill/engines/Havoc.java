package io.breadcrumbs.local.kill.engines;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws by a seed who is killed next. */
final class Havoc {

    private static final int HASTY_PERCENT = 25;

    private static final List<Kind> KINDS = List.of(
            Kind.ENGINE,
            Kind.ENGINE,
            Kind.TWO_ENGINES,
            Kind.ALL_ENGINES,
            Kind.RUNNER,
            Kind.ALL_RUNNERS,
            Kind.ENGINE_AND_RUNNER);
    private static final List<Kind> KINDS_WITH_BROKERS = List.of(Kind.BROKER, Kind.BROKER, Kind.BROKER_AND_ENGINE);

    private final List<Kind> deck = new ArrayList<>();
    private final Random random;
    private final List<String> engines;
    private final List<String> runners;
    private final int brokers;

    /** @param brokers of which one may be killed at a time; 0: none */
    Havoc(long seed, List<String> engines, List<String> runners, int brokers) {
        random = new Random(seed);
        this.engines = List.copyOf(engines);
        this.runners = List.copyOf(runners);
        this.brokers = brokers;
    }

    private enum Kind {
        ENGINE,
        TWO_ENGINES,
        ALL_ENGINES,
        RUNNER,
        ALL_RUNNERS,
        ENGINE_AND_RUNNER,
        BROKER,
        BROKER_AND_ENGINE
    }

    /**
     * Who is killed at once.
     *
     * @param broker its number; 0: none
     * @param hasty whether the next ones are killed as soon as anything goes on, and not when everything does
     */
    record Strike(List<String> engines, List<String> runners, int broker, boolean hasty) {

        Strike {
            engines = List.copyOf(engines);
            runners = List.copyOf(runners);
        }

        /** The same, but that all brokers live. */
        Strike withoutBroker() {
            return new Strike(engines, runners, 0, hasty);
        }

        boolean nobody() {
            return engines.isEmpty() && runners.isEmpty() && broker == 0;
        }

        @Override
        public String toString() {
            return Stream.of(engines, runners, broker == 0 ? List.<String>of() : List.of("broker-" + broker))
                    .flatMap(List::stream)
                    .collect(Collectors.joining(", "));
        }
    }

    /** Each kind comes as often as it stands in the list before any comes again, in an order that is drawn. */
    Strike next() {
        if (deck.isEmpty()) {
            deck.addAll(KINDS);
            if (brokers > 0) {
                deck.addAll(KINDS_WITH_BROKERS);
            }
            Collections.shuffle(deck, random);
        }
        boolean hasty = random.nextInt(100) < HASTY_PERCENT;
        return switch (deck.removeLast()) {
            case ENGINE -> new Strike(some(engines, 1), List.of(), 0, hasty);
            case TWO_ENGINES -> new Strike(some(engines, 2), List.of(), 0, hasty);
            case ALL_ENGINES -> new Strike(engines, List.of(), 0, hasty);
            case RUNNER -> new Strike(List.of(), some(runners, 1), 0, hasty);
            case ALL_RUNNERS -> new Strike(List.of(), runners, 0, hasty);
            case ENGINE_AND_RUNNER -> new Strike(some(engines, 1), some(runners, 1), 0, hasty);
            case BROKER -> new Strike(List.of(), List.of(), broker(), hasty);
            case BROKER_AND_ENGINE -> new Strike(some(engines, 1), List.of(), broker(), hasty);
        };
    }

    private int broker() {
        return 1 + random.nextInt(brokers);
    }

    private List<String> some(List<String> of, int count) {
        List<String> shuffled = new ArrayList<>(of);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, count);
    }
}
