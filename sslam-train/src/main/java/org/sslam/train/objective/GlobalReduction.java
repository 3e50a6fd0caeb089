package org.sslam.train.objective;

/** How the global loss of the clones of a batch is reduced. */
public enum GlobalReduction {
    /** Sum over the clones of a shard, averaged over shards: the published runs, with one shard a GPU. */
    SUM_PER_SHARD,
    /** Mean over all clones: equation 1 of the paper as written. */
    MEAN
}
