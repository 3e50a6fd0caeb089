package org.sslam.core.nn;

import java.util.Collections;
import java.util.List;

/**
 * Children named by their position: 0, 1, 2 ...
 *
 * @param <M> type of the children
 */
public final class ModuleList<M extends Module> extends Module {
    private final List<M> modules;

    /**
     * @param modules the children in order
     */
    public ModuleList(List<M> modules) {
        this.modules = Collections.unmodifiableList(modules);
        for (int i = 0; i < modules.size(); i++) {
            child(Integer.toString(i), modules.get(i));
        }
    }

    /** The children in order. */
    public List<M> modules() {
        return modules;
    }
}
