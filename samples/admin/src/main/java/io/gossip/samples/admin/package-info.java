/**
 * Spring Boot Admin as a member of the cluster that it shows: it needs no addresses and no client
 * in the applications, whose actuators it finds by what their members say. With the quickstart
 * running:
 *
 * <pre>{@code
 * mvn -q -DskipTests -pl samples/admin -am package
 * java -jar samples/admin/target/admin.jar
 * }</pre>
 *
 * shows on <a href="http://127.0.0.1:8079">http://127.0.0.1:8079</a> the instances of the shop; one
 * that is killed is gone from there within a second. Anybody who reaches that port sees everything:
 * put a login before it anywhere else.
 */
@NullMarked
package io.gossip.samples.admin;

import org.jspecify.annotations.NullMarked;
