package io.breadcrumbs.api.operate;

import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.schemas.catalogue.Topic;
import java.util.Set;

/** What of the log is shown over HTTP at all. */
final class Served {

    /** Keys and secrets are nobody's to read; a part of a large body does not say whose it is. */
    private static final Set<Topic<?>> NEVER =
            Set.of(Catalogue.ACCESS_KEY, Catalogue.SECRET, Catalogue.SECRET_USE, Catalogue.BLOB);

    private Served() {}

    /**
     * Whether records of this topic are: those of the platform say whose they are. Dead letters have routes of their
     * own, which look into them for that.
     */
    static boolean records(String topic) {
        return !topic.equals(Catalogue.DEAD_LETTER.name())
                && letters(topic)
                && Catalogue.topic(topic).isPresent();
    }

    /** Whether dead letters about records of this topic are. */
    static boolean letters(String topic) {
        return Catalogue.topic(topic).filter(NEVER::contains).isEmpty();
    }
}
