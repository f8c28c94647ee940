package io.breadcrumbs.local.publish;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One JSON object of a file, before anything is known about it.
 *
 * @param line on which it begins
 */
record Draft(int line, JsonNode json) {}
