package io.breadcrumbs.sdk.breadcrumb;

import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbCommandKind;
import io.breadcrumbs.schemas.Meta;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A change of a breadcrumb that is asked for. Every method gives another change; what is not said stays as it is.
 *
 * <pre>{@code
 * Change.create("note.v1").title("Milk").tags("shopping").context("{\"litres\": 2}")
 * Change.merge(id).context("{\"litres\": 3}").base(1)
 * }</pre>
 */
public final class Change {

    private final BreadcrumbCommand.Builder command;

    private Change(BreadcrumbCommand.Builder command) {
        this.command = command;
    }

    private static Change of(BreadcrumbCommandKind kind, String id) {
        return new Change(BreadcrumbCommand.newBuilder()
                .setMeta(new Meta("", "", null, List.of(), Metas.DEFAULT_WORKSPACE, 1, 0L, 0L, null, null))
                .setCommandId("")
                .setBreadcrumbId(id)
                .setKind(kind));
    }

    /** A new breadcrumb. Its id is drawn, or follows from its key. */
    public static Change create(String schemaName) {
        return of(BreadcrumbCommandKind.CREATE, "").with(command -> command.setSchemaName(schemaName));
    }

    /** Replaces what is given. */
    public static Change patch(String id) {
        return of(BreadcrumbCommandKind.PATCH, id);
    }

    /** Replaces what is given, and merges the context into that which is there (RFC 7396: null takes a field away). */
    public static Change merge(String id) {
        return of(BreadcrumbCommandKind.MERGE, id);
    }

    /** Changes tags only. */
    public static Change tag(String id) {
        return of(BreadcrumbCommandKind.TAG, id);
    }

    public static Change delete(String id) {
        return of(BreadcrumbCommandKind.DELETE, id);
    }

    /** Takes away a breadcrumb whose time is over. */
    public static Change expire(String id) {
        return of(BreadcrumbCommandKind.EXPIRE, id);
    }

    private Change with(UnaryOperator<BreadcrumbCommand.Builder> more) {
        return new Change(more.apply(BreadcrumbCommand.newBuilder(command)));
    }

    /** An id of one's own for a new breadcrumb. */
    public Change id(String id) {
        return with(changed -> changed.setBreadcrumbId(id));
    }

    /** The version that the change was made against: refused if the breadcrumb has another one. */
    public Change base(int version) {
        return with(changed -> changed.setBaseVersion(version));
    }

    /** Whatever is asked for under this key is done once. */
    public Change key(String idempotencyKey) {
        return with(changed -> changed.setIdempotencyKey(idempotencyKey));
    }

    public Change title(String title) {
        return with(changed -> changed.setTitle(title));
    }

    /** A JSON object. */
    public Change context(String document) {
        return with(changed -> changed.setContext(document));
    }

    /** All its tags. */
    public Change tags(String... tags) {
        return tags(List.of(tags));
    }

    /** All its tags. */
    public Change tags(List<String> tags) {
        return with(changed -> changed.setTags(List.copyOf(tags)));
    }

    public Change add(List<String> tags) {
        return with(changed -> changed.setAddTags(List.copyOf(tags)));
    }

    public Change remove(List<String> tags) {
        return with(changed -> changed.setRemoveTags(List.copyOf(tags)));
    }

    /** When it ends by itself; null: never. */
    public Change ends(@Nullable Instant at) {
        return with(changed -> changed.setExpiresAtMs(at == null ? 0 : at.toEpochMilli()));
    }

    public Change visibility(Visibility visibility) {
        return with(changed -> changed.setVisibility(visibility));
    }

    /** Agents and users who may see it whatever its visibility. */
    public Change acl(List<String> who) {
        return with(changed -> changed.setAcl(List.copyOf(who)));
    }

    /** The vector that stands for its text. */
    public Change embedding(List<Float> vector) {
        return with(changed -> changed.setEmbedding(List.copyOf(vector)));
    }

    public Change workspace(String workspace) {
        Meta meta = command.getMeta();
        return with(changed -> changed.setMeta(meta(workspace, meta.getAuthor())));
    }

    /** Who asks for it. */
    public Change author(String author) {
        Meta meta = command.getMeta();
        return with(changed -> changed.setMeta(meta(meta.getWorkspace(), author)));
    }

    /** With no more rights than the breadcrumb gives its author: what that one may not see is not there. */
    public Change bounded() {
        return with(changed -> changed.setBounded(true));
    }

    private static Meta meta(String workspace, @Nullable String author) {
        return new Meta("", "", null, List.of(), workspace, 1, 0L, 0L, author, null);
    }

    String id() {
        return command.getBreadcrumbId();
    }

    String workspace() {
        return command.getMeta().getWorkspace();
    }

    @Nullable
    String key() {
        return command.getIdempotencyKey();
    }

    /** The command that asks for it. */
    BreadcrumbCommand command(String id, String commandId, String instance, Instant now) {
        Meta said = command.getMeta();
        String author = said.getAuthor() == null ? instance : said.getAuthor();
        return BreadcrumbCommand.newBuilder(command)
                .setMeta(Metas.of(Catalogue.BREADCRUMB_COMMAND, commandId, said.getWorkspace(), author, now))
                .setBreadcrumbId(id)
                .setCommandId(commandId)
                .build();
    }
}
