package io.gossip.spring.actuate;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Gives every meter of ours the cluster that it is about: what one node knows of a service says
 * nothing of a cluster of another name. A tag {@code cluster} that a meter has already stays.
 */
public final class ClusterTag implements MeterFilter {

  private static final String KEY = "cluster";

  private final Tag tag;

  /** Names this cluster. */
  public ClusterTag(String cluster) {
    this.tag = Tag.of(KEY, cluster);
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    boolean ours = id.getName().startsWith("gossip.") && id.getTag(KEY) == null;
    return ours ? id.replaceTags(Tags.concat(id.getTagsAsIterable(), Tags.of(tag))) : id;
  }
}
