package io.breadcrumbs.local.desk.bus;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.local.desk.log.LetterDesk;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.sdk.operate.Brokers;
import io.breadcrumbs.sdk.operate.DeadLetters;
import io.breadcrumbs.sdk.operate.Disposal;
import io.breadcrumbs.sdk.operate.Letter;
import io.breadcrumbs.sdk.operate.LetterJson;
import io.breadcrumbs.sdk.operate.Retried;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Dead letters, as the log has them: those of all workspaces. One thread. */
final class BrokersLetters implements LetterDesk {

    private final DeadLetters letters;
    private final Disposal disposal;
    /** As they were read first. */
    private @Nullable Map<String, Letter> known;

    BrokersLetters(Brokers brokers) {
        letters = new DeadLetters(brokers);
        disposal = new Disposal(letters, brokers);
    }

    private Map<String, Letter> known() {
        Map<String, Letter> read = known;
        if (read == null) {
            read = new LinkedHashMap<>();
            for (Letter letter : letters.list()) {
                read.put(letter.id(), letter);
            }
            known = read;
        }
        return read;
    }

    private Letter letter(String id) {
        Letter letter = known().get(id);
        if (letter == null) {
            throw LetterDesk.missing(id);
        }
        return letter;
    }

    @Override
    public List<JsonNode> all(@Nullable String topic) {
        return known().values().stream()
                .filter(letter -> topic == null || letter.about().getTopic().equals(topic))
                .<JsonNode>map(LetterJson::of)
                .toList();
    }

    @Override
    public JsonNode find(String id) {
        DeadLetter whole = letters.open(letter(id)).orElseThrow(() -> LetterDesk.missing(id));
        ByteBuffer value = whole.getValue();
        return LetterJson.of(id, whole, value == null ? Optional.empty() : letters.decoded(value));
    }

    @Override
    public void retry(List<String> ids, Consumer<Retried> told) {
        ids.forEach(id -> told.accept(disposal.retry(letter(id))));
    }

    @Override
    public void delete(String id) {
        disposal.delete(letter(id));
    }
}
