package io.breadcrumbs.runner.execution;

import io.breadcrumbs.schemas.ErrorKind;
import io.breadcrumbs.schemas.SecretUse;
import io.breadcrumbs.schemas.ToolDefinition;
import io.breadcrumbs.schemas.ToolLimits;
import io.breadcrumbs.schemas.ToolRequest;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.secret.VaultException;
import io.breadcrumbs.sdk.tool.ToolFailure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secrets that one execution is given: none before the log has who was given it. */
final class Given {

    private static final Logger LOG = LoggerFactory.getLogger(Given.class);
    private static final long NOTED_WITHIN_SECONDS = 10;

    private final ToolRequest request;
    private final ToolDefinition definition;
    private final Secrets secrets;
    private final Bus bus;
    private final Time time;
    private final Masks masks = new Masks();
    private final Map<String, String> values = new ConcurrentHashMap<>();

    Given(ToolRequest request, ToolDefinition definition, Secrets secrets, Bus bus, Time time) {
        this.request = request;
        this.definition = definition;
        this.secrets = secrets;
        this.bus = bus;
        this.time = time;
    }

    Masks masks() {
        return masks;
    }

    /** The secret, if the tool's definition names it; noted once for an execution. */
    String secret(String name) throws ToolFailure {
        String known = values.get(name);
        if (known != null) {
            return known;
        }
        ToolLimits limits = definition.getLimits();
        if (limits == null || !limits.getSecrets().contains(name)) {
            throw failure(
                    ErrorKind.PERMISSION,
                    "tool '" + definition.getName() + "' may not read secret '" + name
                            + "': its limits do not name it");
        }
        String value = found(name);
        note(name);
        masks.add(value);
        values.put(name, value);
        return value;
    }

    private String found(String name) throws ToolFailure {
        try {
            return secrets.find(request.getMeta().getWorkspace(), name)
                    .orElseThrow(
                            () -> failure(ErrorKind.PERMISSION, "there is no secret '" + name + "' on this runner"));
        } catch (VaultException | IllegalArgumentException e) {
            throw failure(ErrorKind.RUNTIME, String.valueOf(e.getMessage()));
        }
    }

    private void note(String name) throws ToolFailure {
        LOG.atInfo()
                .addKeyValue("event", "secret-used")
                .addKeyValue("secret", name)
                .addKeyValue("tool", definition.getName())
                .addKeyValue("request", request.getRequestId())
                .addKeyValue("run", request.getRunId())
                .addKeyValue("workspace", request.getMeta().getWorkspace())
                .log("secret used");
        String workspace = request.getMeta().getWorkspace();
        SecretUse use = SecretUse.newBuilder()
                .setMeta(Metas.of(
                        Catalogue.SECRET_USE,
                        request.getRequestId() + "/" + name,
                        workspace,
                        bus.instance(),
                        time.now()))
                .setSecret(name)
                .setRequestId(request.getRequestId())
                .setTool(definition.getName())
                .setRunId(request.getRunId())
                .setRequestedBy(request.getRequestedBy())
                .build();
        try {
            bus.publish(Catalogue.SECRET_USE, workspace + " / " + name, use)
                    .get(NOTED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(ErrorKind.CANCELLED, "stopped before the use of secret '" + name + "' was noted");
        } catch (ExecutionException | TimeoutException e) {
            throw failure(ErrorKind.CAPACITY, "the use of secret '" + name + "' cannot be noted now");
        }
    }

    private static ToolFailure failure(ErrorKind kind, String message) {
        return ToolFailure.of(kind, "SECRET", message);
    }
}
