/**
 * Breadcrumbs over HTTP. Controllers only translate: what is asked for goes to the owner as a command, what is looked
 * for comes from the view. Requests run on virtual threads and may block there.
 */
@NullMarked
package io.breadcrumbs.api.rest;

import org.jspecify.annotations.NullMarked;
