package io.breadcrumbs.schemas.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.schemas.ToolRequest;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

class TrustedRecordsTest {

    @Test
    void shouldLetBuildersFillInDefaultsOfEveryType() {
        ToolRequest request = ToolRequest.newBuilder()
                .setMeta(Meta.newBuilder()
                        .setId("id")
                        .setSchemaName("tool.request.v1")
                        .build())
                .setRequestId("request")
                .build();

        assertThat(request.getSideEffects()).isEqualTo(SideEffects.IDEMPOTENT);
        assertThat(request.getMeta().getTags()).isEmpty();
        assertThat(ToolRequest.newBuilder(request).build()).isEqualTo(request);
    }

    @Test
    void shouldTrustNothingElse() {
        assertThat(ToolRequest.getClassSchema()).isNotNull();

        assertThat(ClassSecurityValidator.getGlobal().isTrusted(ToolRequest.class))
                .isTrue();
        assertThat(ClassSecurityValidator.getGlobal().isTrusted(String.class)).isTrue();
        assertThat(ClassSecurityValidator.getGlobal().isTrusted(ProcessBuilder.class))
                .isFalse();
        assertThat(ClassSecurityValidator.getGlobal().isTrusted(TrustedRecords.class))
                .isFalse();
    }
}
