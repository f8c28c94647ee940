package io.breadcrumbs.local.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.breadcrumbs.sdk.tool.Values;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Takes a text apart into drafts: an object, an array of objects, or objects one after the other. */
final class DraftReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DraftReader() {}

    static List<Draft> read(String source, Reader text) throws IOException, DraftException {
        List<Draft> drafts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken token = parser.nextToken();
            while (token != null) {
                if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
                    int line = parser.currentTokenLocation().getLineNr();
                    JsonNode json = parser.readValueAsTree();
                    drafts.add(new Draft(line, json));
                }
                token = parser.nextToken();
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new DraftException("not JSON: " + Values.fault(e)).at(source, line);
        }
        return drafts;
    }
}
