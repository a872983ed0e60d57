package io.gossip.spring;

import io.gossip.spring.service.ServiceStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the application says about the service it offers in {@code gossip.instance.*}.
 *
 * @param register Whether to announce this application as a service instance. If not, it is a
 *     member that only watches.
 * @param serviceId Name of the service; must be a valid host name. The application's name unless
 *     set.
 * @param instanceId Name of this instance. The node's id unless set.
 * @param host Host to announce. The node's announced address unless set.
 * @param port Port to announce. The web server's unless set.
 * @param scheme Scheme to announce: http or https. From server.ssl unless set.
 * @param secure Whether to announce https, where no scheme is set.
 * @param ports Further ports by name, as grpc or rsocket.
 * @param zone Failure domain the application runs in. spring.cloud.loadbalancer.zone unless set.
 * @param region Region the application runs in.
 * @param weight Share of the calls relative to other instances. 0 takes the instance out of
 *     rotation.
 * @param version Version of the application. From the build information unless set.
 * @param metadata Anything else to announce. Wins over what is announced automatically.
 * @param autoMetadata Whether to announce where the management endpoints are.
 * @param initialStatus Status before readiness is known.
 */
@ConfigurationProperties("gossip.instance")
public record GossipInstanceProperties(
    @DefaultValue("true") boolean register,
    @Nullable String serviceId,
    @Nullable String instanceId,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String scheme,
    @Nullable Boolean secure,
    @DefaultValue Map<String, Integer> ports,
    @Nullable String zone,
    @Nullable String region,
    @DefaultValue("1") int weight,
    @Nullable String version,
    @DefaultValue Map<String, String> metadata,
    @DefaultValue("true") boolean autoMetadata,
    @DefaultValue("starting") ServiceStatus initialStatus) {}
