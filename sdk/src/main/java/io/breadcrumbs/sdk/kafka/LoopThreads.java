package io.breadcrumbs.sdk.kafka;

import io.breadcrumbs.sdk.bus.Loop;
import io.breadcrumbs.sdk.bus.LoopDriver;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps each loop on a thread of its own. A step that fails is logged and followed by the next. */
final class LoopThreads implements LoopDriver {

    private static final Logger LOG = LoggerFactory.getLogger(LoopThreads.class);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    private final String instance;

    LoopThreads(String instance) {
        this.instance = instance;
    }

    @Override
    public Runnable drive(String name, Loop loop) {
        Driven driven = new Driven(name, loop);
        Thread thread = Thread.ofPlatform().daemon().name(instance + " " + name).start(driven);
        return () -> {
            driven.closing = true;
            loop.wake();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static final class Driven implements Runnable {

        private final String name;
        private final Loop loop;
        private final Rest rest = new Rest();
        private volatile boolean closing;

        Driven(String name, Loop loop) {
            this.name = name;
            this.loop = loop;
        }

        @Override
        public void run() {
            while (!closing) {
                try {
                    long nanos = rest.after(loop.step(STEP));
                    if (nanos > 0) {
                        LockSupport.parkNanos(nanos);
                    }
                } catch (RuntimeException e) {
                    LOG.atWarn()
                            .addKeyValue("event", "step-failed")
                            .setCause(e)
                            .log("a step of loop '{}' failed; the loop goes on", name);
                    pause();
                }
            }
            try {
                loop.close();
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("event", "close-failed")
                        .setCause(e)
                        .log("loop '{}' did not close cleanly", name);
            }
        }

        private void pause() {
            try {
                Thread.sleep(AFTER_FAILURE);
            } catch (InterruptedException e) {
                closing = true;
                Thread.currentThread().interrupt();
            }
        }
    }
}
