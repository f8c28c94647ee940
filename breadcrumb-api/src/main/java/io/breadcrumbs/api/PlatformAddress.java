package io.breadcrumbs.api;

import io.micronaut.serde.annotation.Serdeable;

/**
 * Where the parts of a platform are reached, as {@code GET /platform} answers it.
 *
 * @param kafka bootstrap servers
 * @param registry URL of the schema registry
 * @param instance id of this start
 * @param version of the platform
 */
@Serdeable
record PlatformAddress(String kafka, String registry, String instance, String version) {}
