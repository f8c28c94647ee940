package io.breadcrumbs.api.runs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.sdk.workflow.definition.Fault;
import java.util.List;

/** What is wrong with a definition, for programs. */
final class Faults {

    private Faults() {}

    static ArrayNode json(List<Fault> faults) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Fault fault : faults) {
            ObjectNode one = all.addObject().put("code", fault.code().name());
            if (fault.step() != null) {
                one.put("stepId", fault.step());
            }
            if (!fault.path().isEmpty()) {
                one.put("path", fault.path());
            }
            one.put("message", fault.message());
        }
        return all;
    }
}
