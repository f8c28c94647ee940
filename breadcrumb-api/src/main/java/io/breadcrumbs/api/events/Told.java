package io.breadcrumbs.api.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.rest.Shapes;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.selector.Selection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An event that is told to many: what it says is read and written once for all of them. Any thread. */
public final class Told {

    private final BreadcrumbEvent event;
    private final Position position;
    private volatile @Nullable JsonNode context;
    private volatile @Nullable String data;

    public Told(BreadcrumbEvent event, Position position) {
        this.event = event;
        this.position = position;
    }

    /** Whether something happened to a breadcrumb: a refused command is nobody's business but its sender's. */
    public static boolean tells(BreadcrumbEvent event) {
        return switch (event.getKind()) {
            case CREATED, UPDATED, DELETED, EXPIRED -> true;
            case REFUSED, REPEATED, UNKNOWN -> false;
        };
    }

    public BreadcrumbEvent event() {
        return event;
    }

    public int partition() {
        return position.partition().number();
    }

    public long offset() {
        return position.offset();
    }

    /** Whether the breadcrumb is no more. */
    boolean ends() {
        return event.getKind() == BreadcrumbEventKind.DELETED || event.getKind() == BreadcrumbEventKind.EXPIRED;
    }

    public String name() {
        return event.getKind().name().toLowerCase(Locale.ROOT);
    }

    JsonNode context() {
        JsonNode known = context;
        if (known == null) {
            known = Selection.fields(event.getContext());
            context = known;
        }
        return known;
    }

    /** What is told, as JSON in one line. */
    public String data() {
        String known = data;
        if (known == null) {
            known = Shapes.event(event).toString();
            data = known;
        }
        return known;
    }
}
