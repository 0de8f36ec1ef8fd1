#define _GNU_SOURCE
#include "http_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// A connection, known to the watcher, which closes slow ones and notices clients that go away while their request waits:
// libmicrohttpd looks at neither.
typedef struct connection {
  struct connection *next, **link;
  int socket;
  time_t deadline;          // 0 for none
  http_exchange *waiting;   // whose client is watched
} connection;

struct http_server {
  struct MHD_Daemon *daemon;
  http_limits limits;
  http_owner owner;
  uint16_t port;
  bool is_quiet;
  pthread_t watcher;
  int events, wake;
  atomic_bool ends;
  pthread_mutex_t lock;  // of all connections and exchanges
  connection *connections;
};

struct http_exchange {
  http_server *server;
  struct MHD_Connection *mhd;
  connection *connection;
  char *target, *method;
  char **fields;  // names and values of the header, in turn
  size_t field_count;
  char client[INET6_ADDRSTRLEN];
  uint8_t *body;
  size_t body_count, body_capacity, body_limit, dropped;
  unsigned refused;  // a status, if the request must not be read
  bool has_headers, is_handed, is_known, is_suspended, is_gone, is_told, is_queued, is_streamed, has_ended;
  struct MHD_Response *response;
  unsigned status;
  uint8_t *parts;  // of a streamed body
  size_t parts_count, parts_capacity, parts_sent;
  int references;  // the connection's and the owner's
};

static time_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec;
}

// MARK: - Exchanges

// Gives up a reference. The lock is not held: libmicrohttpd locks an answer while it reads its parts, which takes our lock.
static void release(http_exchange *e) {
  pthread_mutex_lock(&e->server->lock);
  bool is_last = --e->references == 0;
  pthread_mutex_unlock(&e->server->lock);
  if (!is_last) return;
  if (e->response != NULL) MHD_destroy_response(e->response);
  free(e->target);
  free(e->method);
  for (size_t i = 0; i < 2 * e->field_count; i++) free(e->fields[i]);
  free(e->fields);
  free(e->body);
  free(e->parts);
  free(e);
}

// Lets the connection of an exchange go on; the lock is held.
static void resume(http_exchange *e) {
  if (!e->is_suspended) return;
  e->is_suspended = false;
  e->connection->waiting = NULL;
  MHD_resume_connection(e->mhd);
}

// Stops the connection of an exchange until it is resumed, and watches its client meanwhile; the lock is held.
static void suspend(http_exchange *e) {
  e->is_suspended = true;
  e->connection->waiting = e;
  e->connection->deadline = 0;
  MHD_suspend_connection(e->mhd);
  struct epoll_event event = {.events = EPOLLRDHUP | EPOLLONESHOT, .data.fd = e->connection->socket};
  if (epoll_ctl(e->server->events, EPOLL_CTL_MOD, e->connection->socket, &event) != 0 && errno == ENOENT)
    epoll_ctl(e->server->events, EPOLL_CTL_ADD, e->connection->socket, &event);
}

// Marks the client as gone; the lock is held. Returns whether the owner must be told: it must know the exchange, and not have
// answered it.
static bool lose(http_exchange *e) {
  e->is_gone = true;
  bool is_told = e->is_known && !e->is_told && (!e->is_queued || (e->is_streamed && !e->has_ended));
  e->is_told = e->is_told || is_told;
  return is_told;
}

// Whether a value occurs more than once, or with another field that says how long the body is: what a proxy and this server
// might read in two ways.
typedef struct {
  int lengths, encodings, hosts;
  bool is_bad;
} framing;

static enum MHD_Result check_field(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind;
  framing *f = context;
  if (strcasecmp(name, "content-length") == 0) {
    f->lengths += 1;
    if (value == NULL || *value == 0 || strlen(value) > 18 || strspn(value, "0123456789") != strlen(value)) f->is_bad = true;
  } else if (strcasecmp(name, "transfer-encoding") == 0) {
    f->encodings += 1;
    if (value == NULL || strcasecmp(value, "chunked") != 0) f->is_bad = true;
  } else if (strcasecmp(name, "host") == 0) {
    f->hosts += 1;
  }
  // White space before the colon, and lines that continue the one before, are read differently by different servers.
  if (*name == 0 || strpbrk(name, " \t\r\n") != NULL) f->is_bad = true;
  if (value != NULL && strpbrk(value, "\r\n") != NULL) f->is_bad = true;
  return MHD_YES;
}

// The status with which a request is refused before its body is read; 0 to read it.
static unsigned refusal(http_exchange *e, const char *version) {
  framing f = {0};
  MHD_get_connection_values(e->mhd, MHD_HEADER_KIND, check_field, &f);
  if (f.is_bad || f.lengths > 1 || f.encodings > 1 || (f.lengths > 0 && f.encodings > 0) || f.hosts > 1) return 400;
  if (strcmp(version, "HTTP/1.1") == 0 && f.hosts == 0) return 400;
  e->body_limit = e->server->owner.body_limit(e->server->owner.context, e);
  const char *length = MHD_lookup_connection_value(e->mhd, MHD_HEADER_KIND, "content-length");
  if (length != NULL && strtoull(length, NULL, 10) > e->body_limit) return 413;
  return 0;
}

static enum MHD_Result refuse(http_exchange *e, unsigned status) {
  const char *text = status == 413 ? "{\"error\":\"the request is too large\"}" : "{\"error\":\"the request is malformed\"}";
  struct MHD_Response *response =
      MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);
  if (response == NULL) return MHD_NO;
  MHD_add_response_header(response, "Content-Type", "application/json");
  MHD_add_response_header(response, "Connection", "close");
  enum MHD_Result result = MHD_queue_response(e->mhd, status, response);
  MHD_destroy_response(response);
  return result;
}

static bool append(uint8_t **bytes, size_t *count, size_t *capacity, const void *more, size_t more_count) {
  if (*count + more_count > *capacity) {
    size_t larger = 2 * *capacity > *count + more_count ? 2 * *capacity : *count + more_count;
    uint8_t *memory = realloc(*bytes, larger);
    if (memory == NULL) return false;
    *bytes = memory;
    *capacity = larger;
  }
  if (more_count > 0) memcpy(*bytes + *count, more, more_count);
  *count += more_count;
  return true;
}

// The most bytes of a refused body that are read, so that its sender can read the answer.
static const size_t most_dropped = 16 << 20;

// Keeps a header field, since the connection may end before the owner looks at it.
static enum MHD_Result keep_field(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind;
  http_exchange *e = context;
  char **fields = realloc(e->fields, 2 * (e->field_count + 1) * sizeof *fields);
  if (fields == NULL) return MHD_NO;
  e->fields = fields;
  fields[2 * e->field_count] = strdup(name);
  fields[2 * e->field_count + 1] = strdup(value != NULL ? value : "");
  e->field_count += 1;
  return MHD_YES;
}

// MARK: - What libmicrohttpd calls

static void *began(void *context, const char *target, struct MHD_Connection *mhd) {
  http_server *server = context;
  http_exchange *e = calloc(1, sizeof *e);
  if (e == NULL) return NULL;
  e->server = server;
  e->mhd = mhd;
  e->references = 1;
  e->target = strdup(target);
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  e->connection = info != NULL ? info->socket_context : NULL;
  const union MHD_ConnectionInfo *address = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  if (address != NULL && address->client_addr->sa_family == AF_INET)
    inet_ntop(AF_INET, &((struct sockaddr_in *)(void *)address->client_addr)->sin_addr, e->client, sizeof e->client);
  if (address != NULL && address->client_addr->sa_family == AF_INET6)
    inet_ntop(AF_INET6, &((struct sockaddr_in6 *)(void *)address->client_addr)->sin6_addr, e->client, sizeof e->client);
  if (e->connection != NULL) {
    pthread_mutex_lock(&server->lock);
    e->connection->deadline = now() + server->limits.request_seconds;
    pthread_mutex_unlock(&server->lock);
  }
  return e;
}

static enum MHD_Result handle(
    void *context, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
    const char *data, size_t *count, void **state) {
  (void)url;
  http_server *server = context;
  http_exchange *e = *state;
  if (e == NULL || e->target == NULL || e->connection == NULL) return MHD_NO;
  if (!e->has_headers) {
    e->has_headers = true;
    e->method = strdup(method);
    if (e->method == NULL) return MHD_NO;
    e->refused = refusal(e, version);
    return e->refused != 0 ? refuse(e, e->refused) : MHD_YES;
  }
  if (*count > 0) {
    if (e->refused == 0 && *count > e->body_limit - e->body_count) e->refused = 413;
    // The rest must be read before an answer can be sent; it is not kept.
    if (e->refused == 0 && !append(&e->body, &e->body_count, &e->body_capacity, data, *count)) return MHD_NO;
    if (e->refused != 0 && (e->dropped += *count) > most_dropped) return MHD_NO;
    *count = 0;
    return MHD_YES;
  }
  if (e->refused != 0) return refuse(e, e->refused);
  pthread_mutex_lock(&server->lock);
  if (e->is_handed) {
    e->is_queued = !e->is_gone && e->response != NULL;
    pthread_mutex_unlock(&server->lock);
    return e->is_queued ? MHD_queue_response(e->mhd, e->status, e->response) : MHD_NO;
  }
  MHD_get_connection_values(mhd, MHD_HEADER_KIND, keep_field, e);
  e->is_handed = true;
  e->references += 1;
  suspend(e);
  pthread_mutex_unlock(&server->lock);
  server->owner.request(server->owner.context, e);
  pthread_mutex_lock(&server->lock);
  e->is_known = true;
  bool tell = e->is_gone && lose(e);
  pthread_mutex_unlock(&server->lock);
  if (tell) server->owner.gone(server->owner.context, e);
  return MHD_YES;
}

static ssize_t read_part(void *context, uint64_t position, char *bytes, size_t count) {
  (void)position;
  http_exchange *e = context;
  pthread_mutex_lock(&e->server->lock);
  size_t left = e->parts_count - e->parts_sent;
  ssize_t result = 0;
  if (left > 0) {
    result = (ssize_t)(left < count ? left : count);
    memcpy(bytes, e->parts + e->parts_sent, (size_t)result);
    e->parts_sent += (size_t)result;
    if (e->parts_sent == e->parts_count) e->parts_sent = e->parts_count = 0;
  } else if (e->has_ended || e->is_gone) {
    result = MHD_CONTENT_READER_END_OF_STREAM;
  } else {
    suspend(e);
  }
  pthread_mutex_unlock(&e->server->lock);
  return result;
}

static void completed(void *context, struct MHD_Connection *mhd, void **state, enum MHD_RequestTerminationCode code) {
  (void)mhd;
  (void)code;
  http_server *server = context;
  http_exchange *e = *state;
  *state = NULL;
  if (e == NULL) return;
  pthread_mutex_lock(&server->lock);
  bool tell = lose(e);
  if (e->connection != NULL) {
    e->connection->waiting = NULL;
    // Time to begin another request; libmicrohttpd closes those that do nothing.
    e->connection->deadline = now() + server->limits.idle_seconds + server->limits.request_seconds;
  }
  pthread_mutex_unlock(&server->lock);
  if (tell) server->owner.gone(server->owner.context, e);
  release(e);
}

static void noted(
    void *context, struct MHD_Connection *mhd, void **state, enum MHD_ConnectionNotificationCode code) {
  http_server *server = context;
  pthread_mutex_lock(&server->lock);
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    connection *c = calloc(1, sizeof *c);
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (c != NULL && info != NULL) {
      c->socket = info->connect_fd;
      c->deadline = now() + server->limits.request_seconds;
      c->next = server->connections;
      c->link = &server->connections;
      if (c->next != NULL) c->next->link = &c->next;
      server->connections = c;
      *state = c;
    } else {
      free(c);
    }
  } else if (*state != NULL) {
    connection *c = *state;
    *c->link = c->next;
    if (c->next != NULL) c->next->link = c->link;
    epoll_ctl(server->events, EPOLL_CTL_DEL, c->socket, NULL);
    free(c);
    *state = NULL;
  }
  pthread_mutex_unlock(&server->lock);
}

// MARK: - The watcher

// The exchange that waits on a socket whose client is gone, retained; NULL for none.
static http_exchange *lost(http_server *server, int socket) {
  for (connection *c = server->connections; c != NULL; c = c->next) {
    http_exchange *e = c->waiting;
    if (c->socket != socket || e == NULL) continue;
    bool tell = lose(e);
    e->references += tell;
    resume(e);
    return tell ? e : NULL;
  }
  return NULL;
}

static void close_slow(http_server *server) {
  time_t time = now();
  for (connection *c = server->connections; c != NULL; c = c->next) {
    if (c->deadline == 0 || c->deadline > time) continue;
    // libmicrohttpd then reads the end and closes it.
    shutdown(c->socket, SHUT_RDWR);
    c->deadline = time + 60;
  }
}

static void *watch(void *context) {
  http_server *server = context;
  time_t checked = now();
  while (!atomic_load(&server->ends)) {
    struct epoll_event found[64];
    int count = epoll_wait(server->events, found, 64, 1000);
    for (int i = 0; i < count; i++) {
      if (found[i].data.fd == server->wake) continue;
      pthread_mutex_lock(&server->lock);
      http_exchange *e = lost(server, found[i].data.fd);
      pthread_mutex_unlock(&server->lock);
      if (e == NULL) continue;
      server->owner.gone(server->owner.context, e);
      release(e);
    }
    if (now() == checked) continue;
    checked = now();
    pthread_mutex_lock(&server->lock);
    close_slow(server);
    pthread_mutex_unlock(&server->lock);
  }
  return NULL;
}

// MARK: - Servers

static void say(char *problem, size_t size, const char *what, const char *why) {
  if (size > 0) snprintf(problem, size, "%s: %s", what, why);
}

static struct MHD_Daemon *listen_on(http_server *server, const struct addrinfo *address) {
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
  if (address->ai_family == AF_INET6) flags |= MHD_USE_IPv6;
  http_limits limits = server->limits;
  struct MHD_OptionItem threads[] = {
      {limits.threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, limits.threads, NULL},
      {MHD_OPTION_END, 0, NULL}};
  return MHD_start_daemon(
      flags, 0, NULL, NULL, handle, server,
      MHD_OPTION_SOCK_ADDR, address->ai_addr,
      MHD_OPTION_URI_LOG_CALLBACK, began, server,
      MHD_OPTION_NOTIFY_COMPLETED, completed, server,
      MHD_OPTION_NOTIFY_CONNECTION, noted, server,
      MHD_OPTION_CONNECTION_LIMIT, limits.connections,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.header_bytes,
      MHD_OPTION_CONNECTION_TIMEOUT, limits.idle_seconds,
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_LISTEN_BACKLOG_SIZE, 4096u,
      MHD_OPTION_ARRAY, threads, MHD_OPTION_END);
}

http_server *http_server_start(
    const char *host, uint16_t port, http_limits limits, http_owner owner, char *problem, size_t problem_size) {
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
  struct addrinfo *addresses = NULL;
  char service[8];
  snprintf(service, sizeof service, "%u", (unsigned)port);
  int error = getaddrinfo(host, service, &hints, &addresses);
  if (error != 0) {
    say(problem, problem_size, host, gai_strerror(error));
    return NULL;
  }
  http_server *server = calloc(1, sizeof *server);
  if (server == NULL) {
    freeaddrinfo(addresses);
    say(problem, problem_size, host, strerror(ENOMEM));
    return NULL;
  }
  server->limits = limits;
  server->owner = owner;
  pthread_mutex_init(&server->lock, NULL);
  server->events = epoll_create1(EPOLL_CLOEXEC);
  server->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = server->wake};
  bool is_watching = server->events >= 0 && server->wake >= 0
      && epoll_ctl(server->events, EPOLL_CTL_ADD, server->wake, &event) == 0
      && pthread_create(&server->watcher, NULL, watch, server) == 0;
  int number = errno;
  if (is_watching)
    for (struct addrinfo *a = addresses; a != NULL && server->daemon == NULL; a = a->ai_next) {
      errno = 0;
      server->daemon = listen_on(server, a);
      number = errno;
    }
  freeaddrinfo(addresses);
  if (server->daemon != NULL) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info != NULL && info->port != 0 ? info->port : port;
    return server;
  }
  say(problem, problem_size, host, number != 0 ? strerror(number) : "the server could not be started");
  if (is_watching) {
    atomic_store(&server->ends, true);
    eventfd_write(server->wake, 1);
    pthread_join(server->watcher, NULL);
  }
  if (server->events >= 0) close(server->events);
  if (server->wake >= 0) close(server->wake);
  pthread_mutex_destroy(&server->lock);
  free(server);
  return NULL;
}

uint16_t http_server_port(const http_server *server) { return server->port; }

unsigned http_server_connections(const http_server *server) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
  return info != NULL ? info->num_connections : 0;
}

void http_server_quiesce(http_server *server) {
  if (server->is_quiet) return;
  server->is_quiet = true;
  int socket = MHD_quiesce_daemon(server->daemon);
  if (socket >= 0) close(socket);
}

void http_server_stop(http_server *server) {
  // A suspended connection would keep it from ending.
  pthread_mutex_lock(&server->lock);
  for (connection *c = server->connections; c != NULL; c = c->next)
    if (c->waiting != NULL) {
      c->waiting->is_gone = true;
      resume(c->waiting);
    }
  pthread_mutex_unlock(&server->lock);
  MHD_stop_daemon(server->daemon);
  atomic_store(&server->ends, true);
  eventfd_write(server->wake, 1);
  pthread_join(server->watcher, NULL);
  close(server->events);
  close(server->wake);
  pthread_mutex_destroy(&server->lock);
  free(server);
}

// MARK: - The owner's side

const char *http_exchange_method(const http_exchange *e) { return e->method; }
const char *http_exchange_target(const http_exchange *e) { return e->target; }
const char *http_exchange_client(const http_exchange *e) { return e->client; }

const uint8_t *http_exchange_body(const http_exchange *e, size_t *count) {
  *count = e->body_count;
  return e->body;
}

void http_exchange_headers(
    const http_exchange *e, void *context, void (*visit)(void *context, const char *name, const char *value)) {
  for (size_t i = 0; i < e->field_count; i++)
    if (e->fields[2 * i] != NULL && e->fields[2 * i + 1] != NULL) visit(context, e->fields[2 * i], e->fields[2 * i + 1]);
}

// Gives an exchange its answer and lets its connection go on.
static bool answer(
    http_exchange *e, struct MHD_Response *response, unsigned status, const char *const *fields, size_t count) {
  if (response == NULL) return false;
  for (size_t i = 0; i < count; i++) MHD_add_response_header(response, fields[2 * i], fields[2 * i + 1]);
  pthread_mutex_lock(&e->server->lock);
  bool is_there = !e->is_gone && e->response == NULL;
  if (is_there) {
    e->response = response;
    e->status = status;
    resume(e);
  }
  pthread_mutex_unlock(&e->server->lock);
  if (!is_there) MHD_destroy_response(response);
  return is_there;
}

bool http_exchange_answer(
    http_exchange *e, unsigned status, const char *const *fields, size_t count, const uint8_t *body, size_t body_count) {
  struct MHD_Response *response =
      MHD_create_response_from_buffer(body_count, (void *)(uintptr_t)body, MHD_RESPMEM_MUST_COPY);
  pthread_mutex_lock(&e->server->lock);
  if (!e->is_gone)
    e->connection->deadline = now() + e->server->limits.answer_seconds + (time_t)(body_count >> 14);
  pthread_mutex_unlock(&e->server->lock);
  return answer(e, response, status, fields, count);
}

bool http_exchange_begin(http_exchange *e, unsigned status, const char *const *fields, size_t count) {
  e->is_streamed = true;
  struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 16384, read_part, e, NULL);
  return answer(e, response, status, fields, count);
}

bool http_exchange_send(http_exchange *e, const uint8_t *part, size_t count) {
  pthread_mutex_lock(&e->server->lock);
  bool is_there = !e->is_gone && append(&e->parts, &e->parts_count, &e->parts_capacity, part, count);
  if (is_there) resume(e);
  pthread_mutex_unlock(&e->server->lock);
  return is_there;
}

void http_exchange_end(http_exchange *e) {
  pthread_mutex_lock(&e->server->lock);
  e->has_ended = true;
  if (!e->is_gone) resume(e);
  pthread_mutex_unlock(&e->server->lock);
}

void http_exchange_release(http_exchange *e) {
  http_server *server = e->server;
  pthread_mutex_lock(&server->lock);
  if (e->response == NULL && !e->is_gone) {
    e->is_gone = true;
    e->is_told = true;
    resume(e);
  }
  if (e->is_streamed && !e->has_ended) {
    e->has_ended = true;
    if (!e->is_gone) resume(e);
  }
  pthread_mutex_unlock(&server->lock);
  release(e);
}
