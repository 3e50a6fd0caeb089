package org.sslam.train.loop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a second SIGTERM or Ctrl-C end the process at once, where a JVM left alone would ignore it until its shutdown
 * hooks are done: for the person who will not wait for a long step. Files still appear whole or not at all. Within half a
 * second of the first it is taken for the same.
 *
 * <p>Signals are {@code sun.misc}'s, named by reflection so that a JVM without them only lacks this.
 */
final class SecondSignal {
    private static final Logger LOG = LoggerFactory.getLogger(SecondSignal.class);
    private static final int SIGNALLED = 128;
    private static final AtomicBoolean INSTALLED = new AtomicBoolean();
    private static final long NEVER = Long.MIN_VALUE;
    private static final AtomicLong FIRST_NANOS = new AtomicLong(NEVER);

    /** Launchers signal a process and its group, so that one wish may come twice. */
    private static final long SAME_NANOS = 500_000_000;

    private SecondSignal() {}

    /** Installs it for this process; once is enough. */
    static void endsTheProcess() {
        if (!INSTALLED.compareAndSet(false, true)) {
            return;
        }
        for (String name : new String[] {"TERM", "INT"}) {
            try {
                handle(name);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                LOG.debug("a second {} will not end the process at once", name, e);
            }
        }
    }

    private static void handle(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object installed = Proxy.newProxyInstance(
                handler.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        received((int) signal.getMethod("getNumber").invoke(arguments[0]));
                        yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "second signal";
                });
        try {
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), installed);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException taken) {
                throw taken;
            }
            throw e;
        }
    }

    /** Each signal comes in a thread of its own, so that waiting for the shutdown hooks keeps no later one away. */
    private static void received(int number) {
        long now = System.nanoTime();
        if (FIRST_NANOS.compareAndSet(NEVER, now)) {
            System.exit(SIGNALLED + number);
        } else if (now - FIRST_NANOS.get() > SAME_NANOS) {
            Runtime.getRuntime().halt(SIGNALLED + number);
        }
    }
}
