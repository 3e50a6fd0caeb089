package org.sslam.train.loop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a second SIGTERM or Ctrl-C end the process at once, where a JVM left alone would ignore it until its shutdown
 * hooks are done: for the person who will not wait for a long step. Files still appear whole or not at all.
 *
 * <p>Signals are {@code sun.misc}'s, named by reflection so that a JVM without them only lacks this.
 */
final class SecondSignal {
    private static final Logger LOG = LoggerFactory.getLogger(SecondSignal.class);
    private static final int SIGNALLED = 128;
    private static final AtomicBoolean INSTALLED = new AtomicBoolean();
    private static final AtomicBoolean FIRST = new AtomicBoolean(true);

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
                (proxy, method, arguments) ->
                        switch (method.getName()) {
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

    private static void received(int number) {
        if (FIRST.compareAndSet(true, false)) {
            // Waits for the shutdown hooks, so in a thread of its own: the next signal must find this one free.
            new Thread(() -> System.exit(SIGNALLED + number), "first-signal").start();
        } else {
            Runtime.getRuntime().halt(SIGNALLED + number);
        }
    }
}
