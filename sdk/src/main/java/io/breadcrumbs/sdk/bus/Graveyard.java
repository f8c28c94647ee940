package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.log.Fetched;
import io.breadcrumbs.sdk.log.Position;
import java.util.concurrent.CompletionStage;

/** Publishes dead letters. */
@FunctionalInterface
interface Graveyard {

    CompletionStage<Position> bury(Fetched fetched, String reason);
}
