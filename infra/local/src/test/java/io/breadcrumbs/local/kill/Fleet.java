package io.breadcrumbs.local.kill;

import io.breadcrumbs.local.data.PlatformState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes of one check, dead ones included. One thread. */
final class Fleet implements AutoCloseable {

    static final String GROUP = "kill";

    private final PlatformState platform;
    private final Path folder;
    private final List<Member> members = new ArrayList<>();

    Fleet(PlatformState platform, Path folder) {
        this.platform = platform;
        this.folder = folder;
    }

    /** One process, from its start to its end. */
    static final class Member {

        private final String role;
        private final int perSecond;
        private final Process process;
        private final TrailReader trail;
        private boolean killed;
        private long handledBefore;

        private Member(String role, int perSecond, Process process, Path trail) {
            this.role = role;
            this.perSecond = perSecond;
            this.process = process;
            this.trail = new TrailReader(trail);
        }

        TrailReader trail() {
            return trail;
        }

        boolean killed() {
            return killed;
        }

        boolean alive() {
            return process.isAlive();
        }

        /** How much it has handled since it was last asked to count anew. */
        long handledLately() {
            return trail.handled() - handledBefore;
        }

        void countAnew() {
            handledBefore = trail.handled();
        }
    }

    List<Member> members() {
        return members;
    }

    List<Member> living() {
        return members.stream().filter(Member::alive).toList();
    }

    Member living(String role) {
        return living().stream()
                .filter(member -> member.role.equals(role))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no process of role " + role + " lives: see " + folder));
    }

    /** Starts a process that handles, and publishes if the rate is not 0. */
    void start(String role, int perSecond) throws IOException {
        String name = role + members.size();
        Path trail = folder.resolve(name + ".trail");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoProcess.class.getName(),
                        platform.kafka(),
                        platform.registry(),
                        trail.toString(),
                        GROUP,
                        name,
                        Integer.toString(perSecond))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        members.add(new Member(role, perSecond, process, trail));
    }

    /** SIGKILL to all of them, then one new process for each. */
    void killAndRestart(List<Member> victims) throws IOException, InterruptedException {
        for (Member victim : victims) {
            victim.killed = true;
            victim.process.destroyForcibly();
        }
        for (Member victim : victims) {
            ended(victim);
            start(victim.role, victim.perSecond);
        }
        living().forEach(Member::countAnew);
    }

    /** Lets a process end in order. */
    void stop(Member member) throws IOException, InterruptedException {
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
