package io.breadcrumbs.sdk.schedule;

import io.breadcrumbs.sdk.workflow.json.Json;
import io.breadcrumbs.sdk.workflow.json.JsonBoolean;
import io.breadcrumbs.sdk.workflow.json.JsonNull;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import io.breadcrumbs.sdk.workflow.json.JsonString;
import io.breadcrumbs.sdk.workflow.json.Times;
import io.breadcrumbs.sdk.workflow.json.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When which workflow is started.
 *
 * @param cron when
 * @param since ticks count from here on: when the schedule was last changed
 */
public record Schedule(
        String workspace,
        String name,
        Cron cron,
        Target target,
        Overlap overlap,
        CatchUp catchUp,
        boolean paused,
        Instant since) {

    /** Runs that are deleted are remembered for longer: a tick that was caught up is never caught up again. */
    public static final Duration LONGEST_WINDOW = Duration.ofDays(30);

    private static final Duration WINDOW = Duration.ofDays(1);
    private static final Set<String> FIELDS =
            Set.of("cron", "zone", "workflow", "definition", "input", "overlap", "catchUp", "window", "paused");

    /**
     * What is started.
     *
     * @param workflow a name under which one is stored
     * @param definition that workflow, if not the newest of the name is meant
     * @param input JSON
     */
    public record Target(String workflow, @Nullable String definition, String input) {}

    /** What a tick does while the run of an earlier one is not over. */
    public enum Overlap {
        /** It is left out. */
        SKIP,
        /** Its run begins when that one is over. */
        QUEUE,
        /** That one is cancelled; its run begins when that is over. */
        CANCEL,
        /** Its run begins all the same. */
        ALLOW
    }

    /** What becomes of ticks that nobody was there for. */
    public enum Missed {
        /** They are left out. */
        NONE,
        /** The last of them comes late. */
        LAST,
        /** All of them come late. */
        ALL
    }

    /**
     * What becomes of missed ticks.
     *
     * @param window how late a tick may come
     */
    public record CatchUp(Missed missed, Duration window) {}

    /**
     * The schedule that a breadcrumb's context is.
     *
     * @throws IllegalArgumentException with what was expected, and what came
     */
    public static Schedule of(String workspace, String name, JsonObject context, Instant since) {
        for (String field : context.fields().keySet()) {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(field + ": nobody would read this field");
            }
        }
        Json definition = context.get("definition");
        Json input = context.get("input");
        return new Schedule(
                workspace,
                name,
                Cron.of(text(context, "cron", null), text(context, "zone", "UTC")),
                new Target(
                        text(context, "workflow", null),
                        definition == null || definition instanceof JsonNull ? null : definition.toString(),
                        input == null ? "{}" : input.toString()),
                one(Overlap.values(), "overlap", text(context, "overlap", "skip")),
                new CatchUp(one(Missed.values(), "catchUp", text(context, "catchUp", "none")), window(context)),
                paused(context),
                since);
    }

    /** As callers see it, without what has become of it. */
    public JsonObject.Builder json(Instant now) {
        return JsonObject.builder()
                .put("name", name)
                .put("cron", cron.expression())
                .put("zone", cron.zone())
                .put("workflow", target.workflow())
                .put("input", Value.of(target.input()).json())
                .put("overlap", word(overlap))
                .put("catchUp", word(catchUp.missed()))
                .put("window", catchUp.window().toString())
                .put("paused", paused)
                .putIfPresent("next", next(now).map(Instant::toString).orElse(null));
    }

    /** Its next tick; empty while it is paused. */
    public Optional<Instant> next(Instant now) {
        return paused ? Optional.empty() : cron.next(now);
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private static String text(JsonObject context, String field, @Nullable String otherwise) {
        Json value = context.get(field);
        if (value instanceof JsonString(String text)) {
            return text;
        }
        if (value == null && otherwise != null) {
            return otherwise;
        }
        throw new IllegalArgumentException(field + ": expected a text, got " + (value == null ? "none" : value));
    }

    private static boolean paused(JsonObject context) {
        Json said = context.get("paused");
        if (said == null || said instanceof JsonBoolean) {
            return said instanceof JsonBoolean(boolean paused) && paused;
        }
        throw new IllegalArgumentException("paused: expected true or false, got " + said);
    }

    private static <E extends Enum<E>> E one(E[] all, String field, String word) {
        return Arrays.stream(all)
                .filter(one -> word(one).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        field + ": expected one of " + words(all) + ", got '" + word + "'"));
    }

    private static List<String> words(Enum<?>[] all) {
        return Arrays.stream(all).map(Schedule::word).toList();
    }

    private static Duration window(JsonObject context) {
        Json said = context.get("window");
        Duration window = said == null ? WINDOW : Times.duration(said);
        if (window == null || window.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException(
                    "window: expected a duration of at most " + LONGEST_WINDOW.toDays() + " days, got " + said);
        }
        return window;
    }
}
