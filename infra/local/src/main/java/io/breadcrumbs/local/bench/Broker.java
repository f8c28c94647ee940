package io.breadcrumbs.local.bench;

/**
 * Where the platform that is measured is reached.
 *
 * @param kafka bootstrap servers
 * @param registry URL of the schema registry
 */
public record Broker(String kafka, String registry) {}
