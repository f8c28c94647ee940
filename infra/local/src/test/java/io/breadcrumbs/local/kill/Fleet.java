package io.breadcrumbs.local.kill;

import io.breadcrumbs.local.data.PlatformState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes of one check, dead ones included. One thread. */
public final class Fleet implements AutoCloseable {

    private static final int USUAL_HEAP_MB = 128;

    private final Path folder;
    private final Class<?> program;
    private final List<String> shared;
    private final int heapMb;
    private final List<Member> members = new ArrayList<>();

    /**
     * @param program its main method is given bootstrap servers, registry URL, trail file, name, and what is its own
     */
    public Fleet(PlatformState platform, Path folder, Class<?> program) {
        this(folder, program, List.of(platform.kafka(), platform.registry()), USUAL_HEAP_MB);
    }

    /** @param program its main method is given what is shared, trail file, name, and what is its own */
    public Fleet(Path folder, Class<?> program, List<String> shared, int heapMb) {
        this.heapMb = heapMb;
        this.folder = folder;
        this.program = program;
        this.shared = List.copyOf(shared);
    }

    /** One process, from its start to its end. */
    public static final class Member {

        private final String role;
        private final List<String> own;
        private final Process process;
        private final TrailReader trail;
        private boolean killed;
        private long handledBefore;

        private Member(String role, List<String> own, Process process, Path trail) {
            this.role = role;
            this.own = own;
            this.process = process;
            this.trail = new TrailReader(trail);
        }

        public String role() {
            return role;
        }

        public TrailReader trail() {
            return trail;
        }

        public boolean killed() {
            return killed;
        }

        public boolean alive() {
            return process.isAlive();
        }

        /** Whether it has noted that it works. */
        public boolean ready() {
            return trail.notes().stream().anyMatch(note -> note.kind() == Trail.Kind.READY);
        }

        /** How much it has handled since it was last asked to count anew. */
        public long handledLately() {
            return trail.handled() - handledBefore;
        }

        void countAnew() {
            handledBefore = trail.handled();
        }
    }

    public List<Member> members() {
        return members;
    }

    public List<Member> living() {
        return members.stream().filter(Member::alive).toList();
    }

    public Member living(String role) {
        return living().stream()
                .filter(member -> member.role.equals(role))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no process of role " + role + " lives: see " + folder));
    }

    /**
     * Starts a process.
     *
     * @param own arguments of its role
     */
    public void start(String role, List<String> own) throws IOException {
        String name = role + members.size();
        Path trail = folder.resolve(name + ".trail");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMb + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(shared);
        command.addAll(List.of(trail.toString(), name));
        command.addAll(own);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        members.add(new Member(role, own, process, trail));
    }

    /** SIGKILL, and no new process. */
    public void kill(Member victim) throws InterruptedException {
        victim.killed = true;
        victim.process.destroyForcibly();
        ended(victim);
    }

    /** SIGKILL to all of them, then one new process for each. */
    public void killAndRestart(List<Member> victims) throws IOException, InterruptedException {
        for (Member victim : victims) {
            victim.killed = true;
            victim.process.destroyForcibly();
        }
        for (Member victim : victims) {
            ended(victim);
            start(victim.role, victim.own);
        }
        living().forEach(Member::countAnew);
    }

    /** Lets a process end in order. */
    public void stop(Member member) throws IOException, InterruptedException {
        member.process.outputWriter().close();
        ended(member);
    }

    private static void ended(Member member) throws InterruptedException {
        if (!member.process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + member.process.pid() + " does not end");
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Member member : members) {
            member.process.destroyForcibly();
            ended(member);
        }
    }
}
