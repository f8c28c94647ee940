package io.breadcrumbs.api.access;

import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.secret.MasterKeys;
import io.breadcrumbs.sdk.secret.SecretChanges;
import io.breadcrumbs.sdk.secret.SecretLine;
import io.breadcrumbs.sdk.secret.SecretName;
import io.breadcrumbs.sdk.secret.VaultException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What curators ask of secrets, which are those of their workspace and no others. Says no value. Blocks. */
public final class SecretDesk {

    private static final Logger LOG = LoggerFactory.getLogger(SecretDesk.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Time time;
    private final SecretChanges changes;

    /** @param masters that the runners have too */
    public SecretDesk(Bus bus, Time time, MasterKeys masters) {
        this.time = time;
        this.changes = new SecretChanges(bus, masters, PATIENCE);
    }

    /** Those of the caller's workspace, by name. */
    List<SecretLine> all(Caller caller) {
        try {
            return changes.all().stream()
                    .filter(secret -> secret.workspace().equals(caller.workspace()))
                    .toList();
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    /** Gives one a value. */
    void set(Caller caller, String name, String value) {
        SecretName secret = named(caller, name);
        make(vault -> List.of(vault.set(secret, value, caller.name(), time.now())));
        note(caller, "secret-set", name);
    }

    /** Ends one. */
    void delete(Caller caller, String name) {
        SecretName secret = named(caller, name);
        if (make(vault -> vault.delete(secret).stream().toList()) == 0) {
            throw new ProblemException(Problem.of(
                            ProblemCode.NOT_FOUND,
                            "expected the name of a secret of workspace " + caller.workspace() + ", got " + name)
                    .with("workspace", TextNode.valueOf(caller.workspace())));
        }
        note(caller, "secret-deleted", name);
    }

    private static SecretName named(Caller caller, String name) {
        try {
            return new SecretName(caller.workspace(), name);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID, String.valueOf(e.getMessage()));
        }
    }

    private int make(SecretChanges.Change change) {
        try {
            return changes.make(change);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID, String.valueOf(e.getMessage()));
        } catch (VaultException e) {
            LOG.atWarn().addKeyValue("event", "no-master-key").log("{}", e.getMessage());
            throw new ProblemException(
                    ProblemCode.NO_MASTER_KEY, "expected a master key where the door runs, got none that it can read");
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    private static ProblemException stopped(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ProblemException(ProblemCode.UNAVAILABLE, "this instance stops: " + e.getMessage());
    }

    private static void note(Caller caller, String event, String name) {
        LOG.atInfo()
                .addKeyValue("event", event)
                .addKeyValue("secret", name)
                .addKeyValue("workspace", caller.workspace())
                .log("asked for by {}", caller.name());
    }
}
