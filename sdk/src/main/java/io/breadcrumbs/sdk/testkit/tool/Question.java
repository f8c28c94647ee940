package io.breadcrumbs.sdk.testkit.tool;

import com.fasterxml.jackson.databind.JsonNode;

/** What a tool on trial asked of another tool. */
public record Question(String tool, JsonNode input) {}
