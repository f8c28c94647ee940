package io.breadcrumbs.api.decide;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbEvent;

/** What was decided, and the event that says so. */
public sealed interface Decision {

    BreadcrumbEvent event();

    /** The breadcrumb has a new version. */
    record Changed(BreadcrumbEvent event, Breadcrumb state) implements Decision {}

    /** The breadcrumb is no more. */
    record Ended(BreadcrumbEvent event) implements Decision {}

    /** All stays as it is: the command was refused, or had been followed before. */
    record Answered(BreadcrumbEvent event) implements Decision {}
}
