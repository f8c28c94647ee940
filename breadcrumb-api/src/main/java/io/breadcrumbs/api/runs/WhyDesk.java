package io.breadcrumbs.api.runs;

import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.api.runs.view.RunLine;
import io.breadcrumbs.api.tools.Listed;
import io.breadcrumbs.api.tools.Members;
import io.breadcrumbs.api.tools.ToolView;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.runs.state.Followed;
import io.breadcrumbs.sdk.runs.why.Facts;
import io.breadcrumbs.sdk.runs.why.Inquiry;
import io.breadcrumbs.sdk.runs.why.WhyJson;
import io.breadcrumbs.sdk.workflow.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why runs do not move, told to callers of their workspace. So many look into the log at once. Blocks. */
public final class WhyDesk {

    private static final int AT_ONCE = 8;

    private final RunDesk desk;
    private final ToolView tools;
    private final Members members;
    private final Inquiry inquiry;
    private final Semaphore looking = new Semaphore(AT_ONCE);

    public WhyDesk(Bus bus, Time time, RunDesk desk, ToolView tools, Members members) {
        this.desk = desk;
        this.tools = tools;
        this.members = members;
        inquiry = new Inquiry(bus, time::now, Waiting.PATIENCE);
    }

    /** The sentence, and what it rests on. */
    public JsonObject why(Caller caller, String runId) {
        RunLine line = desk.line(caller, runId);
        String missing = tools.missing();
        if (missing != null) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, missing);
        }
        try {
            if (!looking.tryAcquire(Waiting.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(
                        ProblemCode.UNAVAILABLE, "expected at most " + AT_ONCE + " such questions at once, got more");
            }
            try {
                return WhyJson.of(facts(caller, line));
            } finally {
                looking.release();
            }
        } catch (TimeoutException e) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE, "the log could not be read within " + Waiting.PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.UNAVAILABLE, "this instance stops");
        }
    }

    private Facts facts(Caller caller, RunLine line) throws InterruptedException, TimeoutException {
        Map<String, @Nullable Followed> read = new HashMap<>();
        Followed.Finder runs = id -> {
            if (!read.containsKey(id)) {
                RunLine found = id.equals(line.runId()) ? line : desk.find(caller, id);
                read.put(id, found == null ? null : desk.followed(found));
            }
            return read.get(id);
        };
        Facts facts = inquiry.about(line.runId(), runs, this::serving);
        Followed run = facts.run();
        boolean waits = !run.started() && run.rejected() == null && facts.undecided() == null;
        return waits ? facts.waitingForItsStart(line.summary().startedAt()) : facts;
    }

    private Facts.Serving serving(Set<String> pools) {
        return new Facts.Serving(
                Waiting.within(members.engines(), "the group of engines"),
                Waiting.within(members.runners(pools), "the groups of runners"),
                tools.all().stream().map(Listed::name).collect(Collectors.toSet()));
    }
}
