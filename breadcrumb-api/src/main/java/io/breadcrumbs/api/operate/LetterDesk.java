package io.breadcrumbs.api.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.webhooks.Webhooks;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.operate.DeadLetters;
import io.breadcrumbs.sdk.operate.Disposal;
import io.breadcrumbs.sdk.operate.Letter;
import io.breadcrumbs.sdk.operate.LetterJson;
import io.breadcrumbs.sdk.operate.Retried;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of callers' workspaces. Read from the log whenever somebody asks; ended by one at a time. Blocks.
 */
public final class LetterDesk {

    private static final int AT_ONCE = 4;
    private static final String MISSING = "there is no such letter any more";

    /** Others wait for as long to end letters, or a little longer. */
    private static final Duration MANY_WITHIN = Duration.ofSeconds(5);

    private final DeadLetters letters;
    private final Disposal disposal;
    private final BiFunction<String, DeadLetter, Retried> post;
    private final Turns reading = new Turns(AT_ONCE);
    private final Turns ending = new Turns(1);

    /** Where a page of letters begins: behind the one that failed then, of this id. */
    private record Behind(long failedAtMs, String id) {

        static Behind of(String cursor) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                int colon = Math.max(0, text.indexOf(':'));
                return new Behind(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
            } catch (IllegalArgumentException e) {
                throw Bodies.wrong("cursor", "expected the cursor of the page before, got " + cursor);
            }
        }

        static String cursor(Letter last) {
            String text = last.about().getFailedAtMs() + ":" + last.id();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        boolean isBefore(Letter letter) {
            long failed = letter.about().getFailedAtMs();
            return failed > failedAtMs || (failed == failedAtMs && letter.id().compareTo(id) > 0);
        }
    }

    /** @param post makes the posts of webhooks once more, see {@link Webhooks#again} */
    public LetterDesk(Brokers brokers, BiFunction<String, DeadLetter, Retried> post) {
        letters = new DeadLetters(brokers);
        disposal = new Disposal(letters, brokers);
        this.post = post;
    }

    /** A page of them, the oldest first; those of one topic, if one is named. */
    ObjectNode page(Caller caller, @Nullable String topic, int limit, @Nullable String cursor) {
        Behind behind = cursor == null ? null : Behind.of(cursor);
        List<Letter> page = seen(caller)
                .filter(letter -> topic == null || letter.about().getTopic().equals(topic))
                .filter(letter -> behind == null || behind.isBefore(letter))
                .limit(limit)
                .toList();
        ObjectNode shape = JsonNodeFactory.instance.objectNode();
        ArrayNode items = shape.putArray("items");
        page.forEach(letter -> items.add(LetterJson.of(letter)));
        return shape.put("cursor", page.size() < limit ? null : Behind.cursor(page.getLast()));
    }

    /** One with all that it holds. */
    ObjectNode get(Caller caller, String id) {
        Letter letter = find(caller, id);
        DeadLetter whole = reading.take(() -> letters.open(letter)).orElseThrow(() -> missing(caller, id));
        ByteBuffer value = whole.getValue();
        Optional<JsonNode> decoded = value == null ? Optional.empty() : letters.decoded(value);
        return LetterJson.of(id, whole, decoded);
    }

    /** Tries again what it is about, and deletes it if that is done. */
    Retried retry(Caller caller, String id) {
        return ending.take(() -> retried(find(caller, id)));
    }

    /**
     * The same for many, for whom the log is read once: what came of those that it came to in time, in their order.
     * Where the caller has no such letter, that is the reason.
     */
    List<Retried> retry(Caller caller, Set<String> ids) {
        return ending.take(() -> {
            Map<String, Letter> there = seen(caller)
                    .filter(letter -> ids.contains(letter.id()))
                    .collect(Collectors.toMap(Letter::id, Function.identity()));
            long until = System.nanoTime() + MANY_WITHIN.toNanos();
            List<Retried> done = new ArrayList<>();
            for (String id : ids) {
                Letter letter = there.get(id);
                if (System.nanoTime() < until) {
                    done.add(letter == null ? new Retried.Kept(id, MISSING) : retried(letter));
                }
            }
            return done;
        });
    }

    private Retried retried(Letter letter) {
        return Disposal.isPost(letter) ? posted(letter) : disposal.retry(letter);
    }

    private Retried posted(Letter letter) {
        Retried done = post.apply(letter.id(), letter.about());
        return done instanceof Retried.Posted(String _, String host)
                ? disposal.ended(letter, done, "its event is delivered to " + host)
                : done;
    }

    void delete(Caller caller, String id) {
        ending.take(() -> {
            disposal.delete(find(caller, id));
            return id;
        });
    }

    private Letter find(Caller caller, String id) {
        return seen(caller).filter(letter -> letter.id().equals(id)).findFirst().orElseThrow(() -> missing(caller, id));
    }

    private Stream<Letter> seen(Caller caller) {
        return reading.take(letters::list).stream()
                .filter(letter -> letter.workspace().equals(caller.workspace())
                        && Served.letters(letter.about().getTopic()));
    }

    private static ProblemException missing(Caller caller, String id) {
        return new ProblemException(
                ProblemCode.NOT_FOUND,
                "expected the id of a dead letter of workspace " + caller.workspace() + ", got " + id);
    }
}
