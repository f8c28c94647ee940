package io.breadcrumbs.api.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.breadcrumbs.api.events.Told;
import io.breadcrumbs.api.events.Watch;
import io.breadcrumbs.api.http.Bodies;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.rest.Searches;
import io.breadcrumbs.api.view.Viewer;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.Selector;
import io.breadcrumbs.sdk.Digests;
import io.breadcrumbs.sdk.selector.Selection;
import java.net.URI;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A subscription, as its breadcrumb says it.
 *
 * @param selector as it was given; null: every event of the workspace
 * @param hidden the signing secret, hidden
 */
record Subscribed(
        String id,
        String workspace,
        URI url,
        @Nullable JsonNode selector,
        Watch watch,
        String hidden,
        long createdAtMs) {

    static final String SCHEMA = "webhook.subscription.v1";
    static final String PREFIX = "webhook:";
    private static final int DELIVERY_BYTES = 16;

    /** What the breadcrumb says; null if it says no subscription: anybody may have written it. */
    static @Nullable Subscribed of(Breadcrumb breadcrumb) {
        Meta meta = breadcrumb.getMeta();
        if (!SCHEMA.equals(meta.getSchemaName()) || !meta.getId().startsWith(PREFIX)) {
            return null;
        }
        JsonNode said = Selection.fields(breadcrumb.getContext());
        try {
            JsonNode selector = said.get("selector");
            return new Subscribed(
                    meta.getId(),
                    meta.getWorkspace(),
                    URI.create(said.path("url").asText()),
                    selector,
                    new Watch(viewer(meta.getWorkspace(), breadcrumb.getCreatedBy()), selection(selector), null),
                    said.path("secret").asText(),
                    meta.getCreatedAtMs());
        } catch (ProblemException | IllegalArgumentException e) {
            return null;
        }
    }

    /** What is posted is what its author may see, as an ordinary member of the workspace. */
    private static Viewer viewer(String workspace, @Nullable String author) {
        return new Viewer(workspace, author == null ? "" : author, false);
    }

    /** @throws ProblemException if it is none */
    static Selection selection(@Nullable JsonNode selector) {
        return selector == null || selector.isNull()
                ? Selection.of(Selector.newBuilder().build())
                : Bodies.read(selector, Searches.Selecting.class, "selector").selection();
    }

    /** Whom its secret belongs to: whoever makes it post elsewhere does not find the secret any more. */
    static String owner(String id, String workspace, String url) {
        return id + "\n" + workspace + "\n" + url;
    }

    String owner() {
        return owner(id, workspace, url.toString());
    }

    /** What is older than the subscription was not meant by it: a group that is new reads the whole history. */
    boolean means(Told told) {
        return told.event().getMeta().getUpdatedAtMs() >= createdAtMs
                && !SCHEMA.equals(told.event().getSchemaName())
                && watch.means(told);
    }

    /** The same for one event, however often and by whichever instance it is posted. */
    String delivery(Told told) {
        String text = id + "/" + told.event().getMeta().getId();
        return HexFormat.of().formatHex(Digests.sha256(text), 0, DELIVERY_BYTES);
    }
}
