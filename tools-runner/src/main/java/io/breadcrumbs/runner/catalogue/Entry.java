package io.breadcrumbs.runner.catalogue;

import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.sdk.log.Position;
import java.util.concurrent.CompletableFuture;

/**
 * One tool of the catalogue.
 *
 * @param prepared when it is ready; fails with what is wrong with its definition
 */
public record Entry(ToolDefinition definition, Position position, CompletableFuture<Prepared> prepared) {}
