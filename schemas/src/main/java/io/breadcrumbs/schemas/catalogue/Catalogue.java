package io.breadcrumbs.schemas.catalogue;

import static io.breadcrumbs.schemas.catalogue.Partitioning.ALONE;
import static io.breadcrumbs.schemas.catalogue.Partitioning.BREADCRUMBS;
import static io.breadcrumbs.schemas.catalogue.Partitioning.RUNS_AND_TOOLS;

import io.breadcrumbs.schemas.AccessKey;
import io.breadcrumbs.schemas.BlobChunk;
import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.DeadLetter;
import io.breadcrumbs.schemas.Secret;
import io.breadcrumbs.schemas.SecretUse;
import io.breadcrumbs.schemas.StreamDelta;
import io.breadcrumbs.schemas.ToolCancel;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.ToolStarted;
import io.breadcrumbs.schemas.ToolTriggered;
import io.breadcrumbs.schemas.WebhookDelivery;
import io.breadcrumbs.schemas.WorkflowCommand;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.catalogue.Topic.Body;
import io.breadcrumbs.schemas.catalogue.Topic.Keying;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every topic of the platform. */
public final class Catalogue {
    /** The pool whose requests go to the topic without a suffix. */
    public static final String DEFAULT_POOL = "default";

    /** The largest record that any topic takes. */
    public static final int MAX_RECORD_BYTES = 1 << 20;

    private static final Pattern POOL = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final String HASH = "hash";

    public static final Topic<WorkflowCommand> WORKFLOW_COMMAND = new Topic<>(
            "workflow.command.v1",
            new Body<>(WorkflowCommand.class, WorkflowCommand.getClassSchema(), WorkflowCommand::new),
            new Keying("run id", HASH, RUNS_AND_TOOLS),
            Retention.RUNS);

    public static final Topic<WorkflowEvent> WORKFLOW_EVENT = new Topic<>(
            "workflow.event.v1",
            new Body<>(WorkflowEvent.class, WorkflowEvent.getClassSchema(), WorkflowEvent::new),
            new Keying("run id / epoch / sequence; takeover: unique", "hash of the run id", RUNS_AND_TOOLS),
            Retention.LATEST);

    public static final Topic<ToolRequest> TOOL_REQUEST = new Topic<>(
            "tool.request.v1",
            new Body<>(ToolRequest.class, ToolRequest.getClassSchema(), ToolRequest::new),
            new Keying("request id", "a step's: chosen by the requester; any other: hash", RUNS_AND_TOOLS),
            Retention.REQUESTS);

    public static final Topic<ToolResponse> TOOL_RESPONSE = new Topic<>(
            "tool.response.v1",
            new Body<>(ToolResponse.class, ToolResponse.getClassSchema(), ToolResponse::new),
            new Keying("run id, or request id where no run asked", HASH, RUNS_AND_TOOLS),
            Retention.RUNS);

    public static final Topic<ToolStarted> TOOL_STARTED = new Topic<>(
            "tool.started.v1",
            new Body<>(ToolStarted.class, ToolStarted.getClassSchema(), ToolStarted::new),
            new Keying("request id", "as the request", RUNS_AND_TOOLS),
            Retention.REQUESTS);

    public static final Topic<ToolCancel> TOOL_CANCEL = new Topic<>(
            "tool.cancel.v1",
            new Body<>(ToolCancel.class, ToolCancel.getClassSchema(), ToolCancel::new),
            new Keying("request id or run id", HASH, RUNS_AND_TOOLS),
            Retention.REQUESTS);

    public static final Topic<BreadcrumbCommand> BREADCRUMB_COMMAND = new Topic<>(
            "breadcrumb.command.v1",
            new Body<>(BreadcrumbCommand.class, BreadcrumbCommand.getClassSchema(), BreadcrumbCommand::new),
            new Keying("breadcrumb id", HASH, BREADCRUMBS),
            Retention.REQUESTS);

    public static final Topic<BreadcrumbEvent> BREADCRUMB_EVENT = new Topic<>(
            "breadcrumb.event.v1",
            new Body<>(BreadcrumbEvent.class, BreadcrumbEvent.getClassSchema(), BreadcrumbEvent::new),
            new Keying("breadcrumb id", HASH, BREADCRUMBS),
            Retention.HISTORY);

    public static final Topic<Breadcrumb> BREADCRUMB = new Topic<>(
            "breadcrumb.v1",
            new Body<>(Breadcrumb.class, Breadcrumb.getClassSchema(), Breadcrumb::new),
            new Keying("breadcrumb id", HASH, BREADCRUMBS),
            Retention.LATEST);

    public static final Topic<StreamDelta> STREAM_DELTA = new Topic<>(
            "stream.delta.v1",
            new Body<>(StreamDelta.class, StreamDelta.getClassSchema(), StreamDelta::new),
            new Keying("run or job id", HASH, RUNS_AND_TOOLS),
            Retention.WATCHING);

    public static final Topic<ToolDefinition> TOOL = new Topic<>(
            "tool.v1",
            new Body<>(ToolDefinition.class, ToolDefinition.getClassSchema(), ToolDefinition::new),
            new Keying("name / version", HASH, ALONE),
            Retention.LATEST);

    public static final Topic<ToolTriggered> TOOL_TRIGGERED = new Topic<>(
            "tool.triggered.v1",
            new Body<>(ToolTriggered.class, ToolTriggered.getClassSchema(), ToolTriggered::new),
            new Keying("tool / trigger", HASH, ALONE),
            Retention.LATEST);

    public static final Topic<WebhookDelivery> WEBHOOK_DELIVERY = new Topic<>(
            "webhook.delivery.v1",
            new Body<>(WebhookDelivery.class, WebhookDelivery.getClassSchema(), WebhookDelivery::new),
            new Keying("subscription id", HASH, ALONE),
            Retention.REQUESTS);

    /** Bodies end by tombstones, with what names them; the chunks of one stand in one partition. */
    public static final Topic<BlobChunk> BLOB = new Topic<>(
            "blob.v1",
            new Body<>(BlobChunk.class, BlobChunk.getClassSchema(), BlobChunk::new),
            new Keying("blob id / chunk", "hash of the blob id", ALONE),
            Retention.LATEST);

    public static final Topic<DeadLetter> DEAD_LETTER = new Topic<>(
            "dead.letter.v1",
            new Body<>(DeadLetter.class, DeadLetter.getClassSchema(), DeadLetter::new),
            new Keying("id", HASH, ALONE),
            Retention.ATTENTION);

    public static final Topic<AccessKey> ACCESS_KEY = new Topic<>(
            "access.key.v1",
            new Body<>(AccessKey.class, AccessKey.getClassSchema(), AccessKey::new),
            new Keying("key id", HASH, ALONE),
            Retention.LATEST);

    public static final Topic<Secret> SECRET = new Topic<>(
            "secret.v1",
            new Body<>(Secret.class, Secret.getClassSchema(), Secret::new),
            new Keying("workspace / name", HASH, ALONE),
            Retention.LATEST);

    public static final Topic<SecretUse> SECRET_USE = new Topic<>(
            "secret.use.v1",
            new Body<>(SecretUse.class, SecretUse.getClassSchema(), SecretUse::new),
            new Keying("workspace / name", HASH, ALONE),
            Retention.HISTORY);

    private static final List<Topic<?>> TOPICS = List.of(
            WORKFLOW_COMMAND,
            WORKFLOW_EVENT,
            TOOL_REQUEST,
            TOOL_RESPONSE,
            TOOL_STARTED,
            TOOL_CANCEL,
            BREADCRUMB_COMMAND,
            BREADCRUMB_EVENT,
            BREADCRUMB,
            STREAM_DELTA,
            TOOL,
            TOOL_TRIGGERED,
            WEBHOOK_DELIVERY,
            BLOB,
            DEAD_LETTER,
            ACCESS_KEY,
            SECRET,
            SECRET_USE);

    private static final Map<String, Topic<?>> BY_NAME =
            TOPICS.stream().collect(Collectors.toUnmodifiableMap(Topic::name, Function.identity()));

    private Catalogue() {}

    /** All topics that every installation has; those of further pools come beside them. */
    public static List<Topic<?>> topics() {
        return TOPICS;
    }

    /**
     * The topic on which the runners of a pool find their requests.
     *
     * @throws IllegalArgumentException if the name is not 1 to 63 lower-case letters, digits and dashes
     */
    public static Topic<ToolRequest> toolRequest(String pool) {
        if (pool.equals(DEFAULT_POOL)) {
            return TOOL_REQUEST;
        }
        if (!POOL.matcher(pool).matches()) {
            throw new IllegalArgumentException("a pool's name has 1 to 63 of a-z, 0-9 and '-', not '-' in front; came '"
                    + pool + "': choose another name");
        }
        return TOOL_REQUEST.named(TOOL_REQUEST.name() + "." + pool);
    }

    /** The topic with this name, a pool's request topic included. */
    public static Optional<Topic<?>> topic(String name) {
        Topic<?> known = BY_NAME.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        String prefix = TOOL_REQUEST.name() + ".";
        if (!name.startsWith(prefix)) {
            return Optional.empty();
        }
        String pool = name.substring(prefix.length());
        return POOL.matcher(pool).matches() && !pool.equals(DEFAULT_POOL)
                ? Optional.of(TOOL_REQUEST.named(name))
                : Optional.empty();
    }

    /** Whether only those installations have it whose pools need it. */
    public static boolean isOfPool(Topic<?> topic) {
        return !BY_NAME.containsKey(topic.name());
    }

    /** The longest time that a topic keeps its records; the offsets of consumer groups must be kept longer. */
    public static Duration longestRetention() {
        return TOPICS.stream()
                .flatMap(topic -> topic.retention().time().stream())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
