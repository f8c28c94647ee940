package io.breadcrumbs.local.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.breadcrumbs.api.http.Role;
import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.DurationConverter;
import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.desk.KeyDesk;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.access.AccessKeys.Grant;
import io.breadcrumbs.sdk.access.KeyLine;
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
                "  ./crumb key create planner --role emitter --url https://crumbs.example.com",
                "",
                "emitter: writes, starts runs, calls tools; subscriber: reads and watches; curator: all.",
                "The key alone goes to standard output, all else to standard error.",
                "With --url: by a curator, and for a workspace that he may be in.",
                "Exit codes: 0 made, 1 failed, 2 wrong command line, 3 no platform answers."
            })
    static final class Create extends Workspaced {

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
                names = "--expires",
                paramLabel = "DURATION",
                converter = DurationConverter.class,
                description = "How long it holds, such as 720h. Unless given: until it is revoked.")
        private @Nullable Duration expires;

        Create(Console console) {
            super(console);
        }

        @Override
        protected void check() {
            for (String role : roles) {
                if (Role.named(role).isEmpty()) {
                    throw new FailureException(
                            ExitCode.USAGE, "--role: expected emitter, subscriber or curator, got '" + role + "'");
                }
            }
            String workspace = workspace();
            try {
                new Grant(workspace == null ? Metas.DEFAULT_WORKSPACE : workspace, name, roles, null);
            } catch (IllegalArgumentException e) {
                throw new FailureException(ExitCode.USAGE, String.valueOf(e.getMessage()));
            }
        }

        @Override
        protected int call(Desk desk) throws InterruptedException {
            List<String> granted = roles.stream()
                    .flatMap(role -> Role.named(role).stream())
                    .map(Role::text)
                    .distinct()
                    .toList();
            KeyDesk.Made made = desk.keys(workspace()).make(name, granted, expires);
            console.err()
                    .println("key " + made.id() + " for " + name + " in workspace " + made.workspace()
                            + "; it is shown this once:");
            console.err().flush();
            console.line(made.key());
            return ExitCode.OK;
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
    static final class Listing extends Workspaced {

        @Option(names = "--json", description = "Prints one JSON object a line.")
        private boolean json;

        Listing(Console console) {
            super(console);
        }

        @Override
        protected int call(Desk desk) throws InterruptedException {
            List<KeyLine> all = desk.keys(workspace()).all();
            if (!json) {
                console.line(all.isEmpty() ? "no keys" : line("KEY", "NAME", "WORKSPACE", "ROLES", "MADE", "STATE"));
            }
            Instant now = Instant.now();
            all.forEach(key -> console.line(json ? json(key, now) : row(key, now)));
            return ExitCode.OK;
        }

        private static String row(KeyLine key, Instant now) {
            return line(
                    key.id(),
                    key.name(),
                    key.workspace(),
                    String.join(",", key.roles()),
                    moment(key.madeAt()),
                    state(key, now));
        }

        private static String json(KeyLine key, Instant now) {
            ObjectNode one = new ObjectMapper().createObjectNode();
            one.put("id", key.id())
                    .put("name", key.name())
                    .put("workspace", key.workspace())
                    .put("madeAt", moment(key.madeAt()))
                    .put("state", state(key, now));
            key.roles().forEach(one.putArray("roles")::add);
            return one.toString();
        }

        private static String state(KeyLine key, Instant now) {
            Instant revoked = key.revokedAt();
            Instant expires = key.expiresAt();
            if (revoked != null) {
                return "revoked " + moment(revoked);
            }
            return expires == null ? "valid" : (key.isExpired(now) ? "expired " : "until ") + moment(expires);
        }

        private static String moment(Instant moment) {
            return moment.truncatedTo(ChronoUnit.SECONDS).toString();
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
    static final class Revoke extends Workspaced {

        @Parameters(paramLabel = "KEY", description = "Its id; './crumb key list' lists them.")
        private String id = "";

        Revoke(Console console) {
            super(console);
        }

        @Override
        protected int call(Desk desk) throws InterruptedException {
            desk.keys(workspace()).revoke(id);
            console.line("key " + id + " is revoked");
            return ExitCode.OK;
        }
    }
}
