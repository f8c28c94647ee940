package io.breadcrumbs.local.desk.http;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.log.TopicDesk;
import io.breadcrumbs.sdk.operate.FieldCondition;
import io.breadcrumbs.sdk.operate.SeenRecord;
import io.breadcrumbs.sdk.operate.TopicReport;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Topics, and the records of the caller's workspace, by their routes. */
final class HttpTopics implements TopicDesk {

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    /** A platform that was there may be starting anew. */
    private static final Duration SILENT_AT_MOST = Duration.ofMinutes(1);

    private final Door door;

    HttpTopics(Door door) {
        this.door = door;
    }

    @Override
    public List<TopicReport> all() throws InterruptedException {
        return Reply.items(door.get("/api/topics").orFail(), "items").stream()
                .map(Reply::node)
                .map(TopicReport::of)
                .toList();
    }

    @Override
    public void read(Wanted wanted, Predicate<SeenRecord> wantsMore) throws InterruptedException {
        StringBuilder path = new StringBuilder("/api/topics/" + Door.part(wanted.topic()) + "/records?from="
                + (wanted.fromBeginning() ? "beginning" : "end") + "&follow=" + wanted.follow());
        for (FieldCondition condition : wanted.conditions()) {
            path.append("&where=").append(Door.part(condition.path() + "=" + condition.text()));
        }
        new Reading(path.toString(), wantsMore).read();
    }

    /** A stream that goes on where it was cut off. */
    private final class Reading {

        private final String path;
        private final Predicate<SeenRecord> wantsMore;
        private @Nullable String seen;
        private boolean over;
        private long silentSince;

        Reading(String path, Predicate<SeenRecord> wantsMore) {
            this.path = path;
            this.wantsMore = wantsMore;
        }

        void read() throws InterruptedException {
            while (true) {
                try {
                    Reply reply = door.events(path, seen, this::hear);
                    if (over) {
                        return;
                    }
                    demandStream(reply);
                } catch (FailureException e) {
                    demandPatience(e);
                }
                door.rest(AGAIN_AFTER);
            }
        }

        private boolean hear(Door.Event event) {
            silentSince = 0;
            seen = event.id() == null ? seen : event.id();
            over = switch (event.name()) {
                case "record" -> !wantsMore.test(SeenRecord.of(Reply.node(event.data())));
                case "end" -> true;
                default -> false;
            };
            return !over;
        }

        /** What the door refuses at first, it refuses; later it may only be starting. */
        private void demandStream(Reply reply) {
            if (reply instanceof Reply.Problem problem) {
                if (problem.status() == 404) {
                    throw new FailureException(ExitCode.FAILED, problem.detail());
                }
                demandPatience(problem.failure());
            }
        }

        private void demandPatience(FailureException e) {
            long now = System.nanoTime();
            silentSince = silentSince == 0 ? now : silentSince;
            if (seen == null || now - silentSince > SILENT_AT_MOST.toNanos()) {
                throw e;
            }
        }
    }
}
