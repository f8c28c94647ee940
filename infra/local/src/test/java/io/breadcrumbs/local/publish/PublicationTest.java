package io.breadcrumbs.local.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.sdk.bus.Limits;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicationTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000);

    private static List<Draft> drafts(String text) throws IOException, DraftException {
        return DraftReader.read("file", new StringReader(text));
    }

    @Test
    void shouldFillInWhatIsLeftOut() throws Exception {
        Draft draft = drafts("""
                {"topic": "tool.request.v1", "value": {"tool": "echo", "meta": {"id": "m", "tags": ["x"]}}}""").getFirst();

        Publication<?> publication = Publication.of(draft, NOW, Limits.DEFAULT);

        assertThat(publication.key()).isEqualTo("m");
        assertThat(publication.value()).isInstanceOfSatisfying(ToolRequest.class, request -> {
            assertThat(request.getRequestId()).isEqualTo("m");
            assertThat(request.getTool()).isEqualTo("echo");
            assertThat(request.getInput()).isEqualTo("{}");
            assertThat(request.getMeta().getSchemaName()).isEqualTo("tool.request.v1");
            assertThat(request.getMeta().getCreatedAtMs()).isEqualTo(1_000);
            assertThat(request.getMeta().getTags()).containsExactly("x");
        });
    }

    @Test
    void shouldEndAKeyOfACompactedTopicByTheValueNull() throws Exception {
        Draft draft = drafts("""
                {"topic": "tool.v1", "key": "total / 1", "value": null}""").getFirst();

        Publication<?> publication = Publication.of(draft, NOW, Limits.DEFAULT);

        assertThat(publication.key()).isEqualTo("total / 1");
        assertThat(publication.value()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"topic": "tool.request.v1", "key": "k", "value": null}                           | value: expected an object, got null
            {"topic": "tool.v1", "value": null}                                               | key: expected a string (name / version), got nothing
            []                                                                                | expected an object
            {"topic": "nope", "value": {}}                                                    | topic: expected one of
            {"topic": "tool.request.v1"}                                                      | value: expected an object, got nothing
            {"topic": "tool.request.v1", "value": {"tool": 5}}                                | value.tool: expected null or a string, got 5
            {"topic": "tool.request.v1", "value": {"tol": "x"}}                               | value.tol: expected one of the fields
            {"topic": "tool.request.v1", "value": {"meta": 1}}                                | value.meta: expected an object
            {"topic": "tool.request.v1", "value": {"meta": {"tags": ["a", 2]}}}               | value.meta.tags[1]: expected a string, got 2
            {"topic": "tool.request.v1", "value": {"sideEffects": "SOME"}}                    | value.sideEffects: expected one of
            {"topic": "tool.request.v1", "value": {}, "key": 3}                               | key: expected a string (request id), got 3
            {"topic": "workflow.command.v1", "value": {"kind": "START"}}                      | value.runId: expected a string, got nothing
            {"topic": "tool.response.v1", "value": {}}                                        | value.requestId: expected a string, got nothing
            {"topic": "tool.v1", "value": {"name": "t"}}                                      | key: expected a string (name / version), got nothing
            {"topic": "tool.request.v1", "value": {}, "partition": 3}                         | partition: expected only topic, key and value
            """)
    void shouldNameTheFieldAndWhatWasExpected(String text, String message) throws Exception {
        Draft draft = text.equals("[]")
                ? new Draft(1, drafts("{\"a\": []}").getFirst().json().get("a"))
                : drafts(text).getFirst();

        DraftException refused =
                catchThrowableOfType(DraftException.class, () -> Publication.of(draft, NOW, Limits.DEFAULT));

        assertThat(refused).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"topic": "tool.cancel.v1", "value": {"requestId": "q"}}                | q
            {"topic": "tool.cancel.v1", "value": {"runId": "r"}}                    | r
            {"topic": "tool.cancel.v1", "value": {"requestId": "q", "runId": "r"}}  | q
            {"topic": "tool.cancel.v1", "key": "k", "value": {"requestId": "q"}}    | k
            {"topic": "tool.response.v1", "value": {"requestId": "q"}}              | q
            {"topic": "tool.response.v1", "value": {"requestId": "q", "runId": "r"}} | r
            {"topic": "tool.response.v1", "value": {"requestId": "q", "awaitKey": "a", "runId": "r"}} | a
            """)
    void shouldTakeTheKeyFromTheValueWhereItSaysIt(String text, String key) throws Exception {
        Publication<?> publication = Publication.of(drafts(text).getFirst(), NOW, Limits.DEFAULT);

        assertThat(publication.key()).isEqualTo(key);
    }

    @Test
    void shouldRefuseARecordThatIsTooLargeAndCannotLeaveItsBody() throws Exception {
        Draft draft = drafts("{\"topic\": \"tool.cancel.v1\", \"value\": {\"requestId\": \"r\", \"reason\": \""
                        + "x".repeat(1_100_000) + "\"}}")
                .getFirst();

        DraftException refused =
                catchThrowableOfType(DraftException.class, () -> Publication.of(draft, NOW, Limits.DEFAULT));

        assertThat(refused).hasMessageMatching("value: expected at most 1000000 bytes when encoded, got 11\\d+ bytes");
    }

    @Test
    void shouldTakeALargeBodyWhereTheRecordCanNameIt() throws Exception {
        Draft draft = drafts(
                        "{\"topic\": \"tool.request.v1\", \"value\": {\"input\": \"" + "x".repeat(1_100_000) + "\"}}")
                .getFirst();

        assertThat(Publication.of(draft, NOW, Limits.DEFAULT).large()).isTrue();
    }

    @Test
    void shouldKnowTheLineOfEachDraft() throws Exception {
        assertThat(drafts("{\"a\": 1}\n\n{\"a\":\n2}\n{\"a\": 3}\n"))
                .extracting(Draft::line)
                .containsExactly(1, 3, 5);
        assertThat(drafts("[\n{\"a\": 1},\n{\"a\": 2}\n]"))
                .extracting(Draft::line)
                .containsExactly(2, 3);
    }

    @Test
    void shouldNameTheLineThatIsNotJson() {
        DraftException refused = catchThrowableOfType(DraftException.class, () -> drafts("{\"a\": 1}\n{oops\n"));

        assertThat(refused).hasMessageStartingWith("file:2: not JSON");
    }
}
