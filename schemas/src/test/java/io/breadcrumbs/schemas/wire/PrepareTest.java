package io.breadcrumbs.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.wire.RegistryException.Reason;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.junit.jupiter.api.Test;

class PrepareTest {
    private static final String SUBJECT = "tool.cancel.v1-value";

    private final StrictRegistry registry = new StrictRegistry();
    private final Wire wire = Wire.over(registry);

    @Test
    void shouldRegisterTheSchemaAndDemandCompatibility() throws Exception {
        wire.prepare(Catalogue.TOOL_CANCEL);

        assertThat(registry.getAllVersions(SUBJECT)).containsExactly(1);
        assertThat(registry.getCompatibility(SUBJECT)).isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void shouldOnlyReadWhereAllIsAsItShouldBe() {
        wire.prepare(Catalogue.TOOL_CANCEL);
        int before = registry.registrations();

        Wire.over(registry).prepare(Catalogue.TOOL_CANCEL);

        assertThat(registry.registrations()).isEqualTo(before);
    }

    @Test
    void shouldRegisterWhatClientsOfOtherLanguagesWouldRegister() throws Exception {
        wire.prepare(Catalogue.WORKFLOW_EVENT);

        assertThat(registry.getLatestSchemaMetadata("workflow.event.v1-value").getSchema())
                .doesNotContain("avro.java")
                .contains("\"doc\"")
                .contains("{\"type\":\"array\",\"items\":\"string\"}");
    }

    @Test
    void shouldSetCompatibilityAfterwardsWhereTheRegistryWantsASchemaFirst() throws Exception {
        registry.wantSchemaFirst();

        wire.prepare(Catalogue.TOOL_CANCEL);

        assertThat(registry.getCompatibility(SUBJECT)).isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void shouldNameTheSubjectWhoseSchemasDoNotGoTogether() throws Exception {
        registry.register(SUBJECT, new AvroSchema("""
                {"type": "record", "name": "ToolCancel", "namespace": "io.breadcrumbs.schemas", "fields": [
                  {"name": "gone", "type": "string"}]}"""));

        RegistryException failure =
                catchThrowableOfType(RegistryException.class, () -> wire.prepare(Catalogue.TOOL_CANCEL));

        assertThat(failure.reason()).isEqualTo(Reason.INCOMPATIBLE);
        assertThat(failure)
                .hasMessageStartingWith(SUBJECT + ": this version's schema is not FULL_TRANSITIVE with those")
                .hasMessageContaining("run a release that goes with them");
    }

    @Test
    void shouldSayThatTheRegistryIsAway() {
        registry.goAway();

        RegistryException failure =
                catchThrowableOfType(RegistryException.class, () -> wire.prepare(Catalogue.TOOL_CANCEL));

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure).hasMessageContaining(SUBJECT).hasMessageContaining("the connection is refused");
    }

    @Test
    void shouldTakeAServersErrorForBeingAway() {
        registry.answer(503);

        assertThat(catchThrowableOfType(RegistryException.class, () -> wire.prepare(Catalogue.TOOL_CANCEL))
                        .reason())
                .isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void shouldSayThatTheRegistryRefuses() {
        registry.answer(401);

        assertThat(catchThrowableOfType(RegistryException.class, () -> wire.prepare(Catalogue.TOOL_CANCEL)))
                .hasMessage(SUBJECT + ": the schema registry refuses, status 401 (as the test wants; error code: 401):"
                        + " check its address, credentials and mode");
    }

    @Test
    void shouldSayThatTheRegistryIsAwayWhenItHasToLearn() {
        registry.goAway();

        assertThat(catchThrowableOfType(RegistryException.class, () -> wire.learn(new byte[] {0, 0, 0, 0, 1}))
                        .reason())
                .isEqualTo(Reason.UNAVAILABLE);
    }
}
