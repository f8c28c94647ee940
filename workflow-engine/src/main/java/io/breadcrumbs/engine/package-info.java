/** The workflow-engine: durable runs, decided by the owner of their partition. */
@NullMarked
package io.breadcrumbs.engine;

import org.jspecify.annotations.NullMarked;
