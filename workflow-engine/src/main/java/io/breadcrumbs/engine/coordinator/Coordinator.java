package io.breadcrumbs.engine.coordinator;

import io.breadcrumbs.engine.coordinator.Coordinators.Surroundings;
import io.breadcrumbs.engine.mailbox.Mailbox;
import io.breadcrumbs.engine.mailbox.Succession;
import io.breadcrumbs.engine.memory.Head;
import io.breadcrumbs.engine.memory.Memory;
import io.breadcrumbs.engine.memory.Message;
import io.breadcrumbs.engine.overdue.Marks;
import io.breadcrumbs.engine.overdue.Overdue;
import io.breadcrumbs.schemas.ToolResponse;
import io.breadcrumbs.schemas.WorkflowEvent;
import io.breadcrumbs.schemas.WorkflowEventKind;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.Tail;
import io.breadcrumbs.sdk.TailFrom;
import io.breadcrumbs.sdk.Trace;
import io.breadcrumbs.sdk.journal.Journal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts for one partition while this process has it. It takes over, and reads its takeover back, before it decides
 * anything; who takes over later, here or elsewhere, ends that, and as long as the partition is given to this process
 * it takes over again. All that it does, it does on one thread at a time, and nothing of it waits.
 */
public final class Coordinator implements Memory.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

    private static final Duration AGAIN = Duration.ofMillis(200);

    private final int partition;
    private final Memory memory;
    private final Surroundings around;
    private final Mailbox mailbox;
    private final Succession succession = new Succession();
    private int takeovers;
    private @Nullable Takeover takeover;
    private @Nullable Tail journal;
    private @Nullable ReadBack readBack;
    private volatile @Nullable Owner owner;
    private volatile @Nullable Overdue overdue;
    /** What is in the inbox only is taken soon: that is posted, ahead of all newer inputs. */
    private volatile boolean crowded;

    /** What a takeover is known by, apart from others of the same process. */
    private final String attachment;

    /** @param attachment tells this coordinator from others that this process has or had for the partition */
    public Coordinator(int partition, String attachment, Memory memory, Surroundings around) {
        this.partition = partition;
        this.attachment = attachment;
        this.memory = memory;
        this.around = around;
        mailbox = new Mailbox(around.hands(), this::failed);
        memory.tell(this);
    }

    public int partition() {
        return partition;
    }

    /** How many runs stand still, since this process cannot go on with them. */
    public int standing() {
        Owner acting = owner;
        return acting == null ? 0 : acting.standing();
    }

    /** Whether it decides now. */
    public boolean acts() {
        return owner != null;
    }

    /** How much waits to be decided. */
    public int waiting() {
        return mailbox.size();
    }

    /** How many decisions have effects that are not acknowledged, or are not read back. */
    public int owed() {
        Owner acting = owner;
        return acting == null ? 0 : acting.owed();
    }

    // ------------------------------------------------------------------ the takeover

    /** Takes over, as soon as the log lets it. */
    public void begin() {
        mailbox.post(this::takeOver);
    }

    /**
     * Appends a takeover, and then a mark behind the answers that are in the log: when that comes they have come, too,
     * and what they answer need not be sent again.
     */
    private void takeOver() {
        forget();
        if (memory.version() > Journal.VERSION) {
            tooOld(memory.version());
            return;
        }
        String instance = around.bus().instance();
        Takeover now = new Takeover("takeover/" + attachment + "/" + ++takeovers);
        takeover = now;
        WorkflowEvent record = Journal.takeover(now.id, instance, around.time().now());
        around.bus()
                .publish(Draft.of(Catalogue.WORKFLOW_EVENT, now.id, record).to(partition))
                .thenCompose(_ -> new Marks(around.bus(), around.time(), partition).put(now.id))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        later(
                                () -> now.equals(takeover) && owner == null,
                                "its takeover, or the mark behind that, was not acknowledged: " + failure.getMessage());
                    }
                });
    }

    /** Takes over again after a while, if that is still of use then. */
    private void later(java.util.function.BooleanSupplier ofUse, String why) {
        LOG.info("partition {}: takes over again, since {}", partition, why);
        around.time()
                .after(
                        AGAIN,
                        () -> mailbox.post(() -> {
                            if (ofUse.getAsBoolean()) {
                                takeOver();
                            }
                        }));
    }

    @Override
    public void journalled(WorkflowEvent event, long offset, @Nullable Head head) {
        mailbox.post(() -> {
            Takeover mine = takeover;
            if (mine == null) {
                return;
            }
            ReadBack reading = readBack;
            Owner acting = owner;
            if (event.getKind() == WorkflowEventKind.TAKEOVER) {
                tookOver(mine, event, offset);
            } else if (reading != null) {
                reading.fetched(event, offset);
            }
            if (acting != null && head != null) {
                acting.remembered(event.getRunId(), head, offset);
                acting.takeLeft();
            }
        });
    }

    @Override
    public void removed(@Nullable String buried, long offset) {
        mailbox.post(() -> {
            ReadBack reading = readBack;
            Owner acting = owner;
            if (reading != null) {
                reading.fetched(null, offset);
            }
            if (acting != null && buried != null) {
                acting.buried(buried);
            }
        });
    }

    private void tookOver(Takeover mine, WorkflowEvent event, long offset) {
        boolean isMine = mine.id.equals(event.getMeta().getId());
        if (isMine && memory.version() > Journal.VERSION) { // that stood before it, and had not been read
            forget();
            tooOld(memory.version());
        } else if (isMine) {
            mine.remembered(offset);
            readBack = new ReadBack(offset + 1, this::readBack);
            readUnsent(mine);
        } else if (mine.offset() >= 0 && offset > mine.offset()) {
            deposed(event.getEventVersion());
        }
    }

    private void deposed(int version) {
        forget();
        if (version > Journal.VERSION) {
            tooOld(version);
        } else {
            later(() -> takeover == null, "another engine has taken over");
        }
    }

    private void tooOld(int version) {
        LOG.error(
                "partition {}: an engine that writes events of version {} had it, this one knows {}: it stays away; "
                        + "update this process",
                partition,
                version,
                Journal.VERSION);
    }

    /** Reads the journal from where effects may be missing up to the takeover. */
    private void readUnsent(Takeover mine) {
        long from = memory.sent() + 1;
        journal = around.bus()
                .tail(new TailFrom<>(Catalogue.WORKFLOW_EVENT, Map.of(partition, from)), (breadcrumb, position, _) -> {
                    WorkflowEvent event = breadcrumb.value();
                    if (event != null) {
                        mailbox.post(() -> unsent(mine, event, position.offset()));
                    }
                });
    }

    private void unsent(Takeover mine, WorkflowEvent event, long offset) {
        Tail reading = journal;
        if (!mine.equals(takeover) || reading == null) {
            return;
        }
        if (offset >= mine.offset()) {
            journal = null;
            reading.close();
            mine.read();
            advance(mine);
        } else if (event.getKind() == WorkflowEventKind.BATCH) {
            mine.unsent.add(new Takeover.Unsent(event, offset));
        }
    }

    /** A decision of this process stands in the journal; null: a tombstone of its. */
    private void acknowledged(@Nullable WorkflowEvent event, long offset) {
        mailbox.post(() -> {
            ReadBack reading = readBack;
            if (reading != null) {
                reading.acknowledged(event, offset);
            }
        });
    }

    private void readBack(WorkflowEvent event, long offset) {
        Owner acting = owner;
        Takeover mine = takeover;
        if (acting != null && mine != null && event.getEpoch() == mine.offset() && !acting.read(event, offset)) {
            again("a decision is missing in the journal");
        }
    }

    @Override
    public void passed(ToolResponse answer) {
        String id = answer.getRequestId();
        if (!id.startsWith("takeover/") && !Overdue.isMark(id)) {
            return;
        }
        mailbox.post(() -> {
            Takeover mine = takeover;
            Overdue waiting = overdue;
            if (mine != null && mine.id.equals(id)) {
                mine.answersTaken();
                advance(mine);
            } else if (waiting != null) {
                waiting.passed(id);
            }
        });
    }

    @Override
    public void asked(long deadline) {
        Overdue waiting = overdue;
        if (waiting != null && waiting.isSooner(deadline)) {
            mailbox.post(() -> waiting.expect(deadline));
        }
    }

    private void advance(Takeover mine) {
        if (mine.complete() && owner == null) {
            Owner acting = new Owner(
                    partition,
                    mine.offset(),
                    memory,
                    around,
                    new Owner.Calls(mailbox::post, this::acknowledged, this::again));
            owner = acting;
            acting.begin(mine.unsent);
            mine.unsent.clear();
            Overdue waiting = new Overdue(
                    mine.id,
                    memory,
                    new Overdue.Around(partition, around.bus(), around.time(), around.tools()),
                    mailbox::post);
            overdue = waiting;
            waiting.begin();
            LOG.info("partition {}: acts, epoch {}", partition, mine.offset());
        }
    }

    /** Something that it decided is not in the journal: what it knows is worth nothing, and it takes over again. */
    private void again(String why) {
        if (takeover != null) {
            forget();
            later(() -> takeover == null, why);
        }
    }

    private void failed(RuntimeException e) {
        LOG.error("partition {}: a decision failed", partition, e);
        again("a decision failed, as was said above");
    }

    private void forget() {
        takeover = null;
        readBack = null;
        succession.forget();
        Owner acting = owner;
        owner = null;
        if (acting != null) {
            acting.close();
        }
        Overdue waiting = overdue;
        overdue = null;
        if (waiting != null) {
            waiting.close();
        }
        Tail reading = journal;
        journal = null;
        if (reading != null) {
            reading.close();
        }
    }

    // ------------------------------------------------------------------ inputs

    /**
     * A message that is on its way to the log: whatever is not taken here comes by the log. Of starts that contend for
     * a run the first in the log begins it, so that none is taken before it stands there.
     */
    public void passing(Message message) {
        if (owner != null && !message.contends() && hasRoom()) {
            mailbox.post(() -> {
                Owner acting = owner;
                if (acting != null) {
                    Trace.within(message.trace(), () -> acting.take(message, true));
                }
            });
        }
    }

    /** A command of this process stands in the log: it is taken as if that had brought it, if it is the next one. */
    public void stands(Message message, long offset) {
        if (owner != null && hasRoom()) {
            long read = memory.commands(); // asked for now: what was read till now is posted ahead of this
            mailbox.post(() -> {
                Owner acting = owner;
                if (acting != null && succession.follows(offset, read) && message.contends()) {
                    Trace.within(message.trace(), () -> acting.take(message, false));
                }
            });
        }
    }

    @Override
    public void arrived(Message message) {
        Owner acting = owner;
        if (acting == null) {
            return; // who acts next finds it in the inbox
        }
        if (hasRoom()) {
            mailbox.post(() -> Trace.within(message.trace(), () -> acting.take(message, false)));
        } else if (!crowded) {
            crowded = true;
            mailbox.post(this::takeInbox);
        }
    }

    private boolean hasRoom() {
        return mailbox.size() < around.keeping().waiting();
    }

    /** All that had room before is decided. */
    private void takeInbox() {
        crowded = false;
        Owner acting = owner;
        if (acting != null) {
            acting.takeInbox();
        }
    }

    /** The partition is somebody else's, or the process ends. Nothing is decided after this. */
    @Override
    public void close() {
        mailbox.close();
        forget();
    }
}
