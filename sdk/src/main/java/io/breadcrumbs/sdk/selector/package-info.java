/**
 * Selectors: which breadcrumbs are meant by tags, schema and conditions on the context. Triggers, searches and streams
 * share them. Uses {@code schemas} and JSON only; values that never change.
 */
@NullMarked
package io.breadcrumbs.sdk.selector;

import org.jspecify.annotations.NullMarked;
