package io.breadcrumbs.local.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.DurationConverter;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.schemas.AccessKey;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.access.AccessKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about keys. */
final class KeyCommands {

    private KeyCommands() {}

    /** Makes one. */
    @Command(
            name = "create",
            description = "Makes a key and prints it, once: nobody can find it again.",
            footer = {
                "",
                "Examples:",
                "  ./crumb key create planner --role emitter --role subscriber",
                "  ./crumb key create audit --role subscriber --workspace team-a --expires 720h",
                "",
                "emitter: writes, starts runs, calls tools; subscriber: reads and watches; curator: all.",
                "The key alone goes to standard output, all else to standard error.",
                "Exit codes: 0 made, 1 failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Create extends OverBus {

        @Parameters(paramLabel = "NAME", description = "Who has it: an agent or user, as breadcrumbs then name it.")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                split = ",",
                description = "emitter, subscriber or curator. Can be given more than once.")
        private List<String> roles = List.of();

        @Option(
                names = "--workspace",
                paramLabel = "NAME",
                description = "The workspace that it is for. Default: ${DEFAULT-VALUE}")
        private String workspace = Metas.DEFAULT_WORKSPACE;

        @Option(
                names = "--expires",
                paramLabel = "DURATION",
                converter = DurationConverter.class,
                description = "How long it holds, such as 720h. Unless given: until it is revoked.")
        private @Nullable Duration expires;

        Create(Console console) {
            super(console);
        }

        @Override
        void check() {
            for (String role : roles) {
                if (Role.named(role).isEmpty()) {
                    throw new FailureException(
                            ExitCode.USAGE, "--role: expected emitter, subscriber or curator, got '" + role + "'");
                }
            }
            if (name.isBlank() || workspace.isBlank()) {
                throw new FailureException(ExitCode.USAGE, "expected a name and a workspace, got an empty one");
            }
        }

        @Override
        void call(Bus bus) throws InterruptedException {
            Instant now = Instant.now();
            List<String> granted = roles.stream()
                    .flatMap(role -> Role.named(role).stream())
                    .map(Role::text)
                    .distinct()
                    .toList();
            AccessKeys.Grant grant =
                    new AccessKeys.Grant(workspace, name, granted, expires == null ? null : now.plus(expires));
            AccessKeys.Made made = await(AccessKeys.make(bus, grant, now));
            console.err()
                    .println("key " + made.id() + " for " + name + " in workspace " + workspace
                            + "; it is shown this once:");
            console.err().flush();
            console.line(made.key());
        }
    }

    /** Which there are. */
    @Command(
            name = "list",
            description = "Lists the keys, the oldest first; revoked ones too.",
            footer = {
                "",
                "Example: ./crumb key list",
                "",
                "Exit codes: 0 listed, 1 failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Listing extends OverBus {

        @Option(names = "--json", description = "Prints one JSON object a line.")
        private boolean json;

        Listing(Console console) {
            super(console);
        }

        @Override
        void call(Bus bus) throws InterruptedException {
            try (AccessKeys keys = new AccessKeys(bus)) {
                await(keys.whenRead());
                if (!json) {
                    console.line(
                            keys.all().isEmpty()
                                    ? "no keys"
                                    : line("KEY", "NAME", "WORKSPACE", "ROLES", "MADE", "STATE"));
                }
                Instant now = Instant.now();
                keys.all().forEach(key -> console.line(json ? json(key, now) : row(key, now)));
            }
        }

        private static String row(AccessKey key, Instant now) {
            return line(
                    key.getKeyId(),
                    key.getName(),
                    key.getMeta().getWorkspace(),
                    String.join(",", key.getRoles()),
                    moment(key.getMeta().getCreatedAtMs()),
                    state(key, now));
        }

        private static String json(AccessKey key, Instant now) {
            ObjectNode one = new ObjectMapper().createObjectNode();
            one.put("id", key.getKeyId())
                    .put("name", key.getName())
                    .put("workspace", key.getMeta().getWorkspace())
                    .put("madeAt", moment(key.getMeta().getCreatedAtMs()))
                    .put("state", state(key, now));
            key.getRoles().forEach(one.putArray("roles")::add);
            return one.toString();
        }

        private static String state(AccessKey key, Instant now) {
            Long revoked = key.getRevokedAtMs();
            Long expires = key.getExpiresAtMs();
            if (revoked != null) {
                return "revoked " + moment(revoked);
            }
            return expires == null ? "valid" : (AccessKeys.isValid(key, now) ? "until " : "expired ") + moment(expires);
        }

        private static String moment(long ms) {
            return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS).toString();
        }

        private static String line(String... columns) {
            return String.format(Locale.ROOT, "%-16s  %-20s  %-16s  %-26s  %-20s  %s", (Object[]) columns)
                    .stripTrailing();
        }
    }

    /** Ends one. */
    @Command(
            name = "revoke",
            description = "Ends a key, for good and at once.",
            footer = {
                "",
                "Example: ./crumb key revoke 0f3a9c11d2e47b58",
                "",
                "Exit codes: 0 revoked, 1 no such key, or failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Revoke extends OverBus {

        @Parameters(paramLabel = "KEY", description = "Its id; './crumb key list' lists them.")
        private String id = "";

        Revoke(Console console) {
            super(console);
        }

        @Override
        void call(Bus bus) throws InterruptedException {
            try (AccessKeys keys = new AccessKeys(bus)) {
                await(keys.whenRead());
                AccessKey key = keys.all().stream()
                        .filter(one -> one.getKeyId().equals(id))
                        .findAny()
                        .orElseThrow(() -> new FailureException(
                                ExitCode.FAILED, "no key '" + id + "'; './crumb key list' lists those that are"));
                if (key.getRevokedAtMs() == null) {
                    await(AccessKeys.revoke(bus, key, Instant.now()));
                }
                console.line("key " + id + " is revoked");
            }
        }
    }
}
