package dev.palimpsest.web;

import dev.palimpsest.Json;
import dev.palimpsest.Meanwhile;
import dev.palimpsest.UserFacingException;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.label.Labels;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.review.Reviews;
import dev.palimpsest.audit.run.AuditPeople;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.audit.run.BaseHistory;
import dev.palimpsest.audit.run.RegisteredPolicies;
import dev.palimpsest.audit.tokens.TokenStrips;
import dev.palimpsest.backup.BackupSocket;
import dev.palimpsest.decision.Blessings;
import dev.palimpsest.decision.DecisionDesk;
import dev.palimpsest.decision.ReviewQueue;
import dev.palimpsest.decision.Separation;
import dev.palimpsest.evidence.bundle.Exports;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.inference.EncoderLoader;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.notice.Courier;
import dev.palimpsest.notice.Outbox;
import dev.palimpsest.oidc.Provider;
import dev.palimpsest.preflight.job.PreflightJobs;
import dev.palimpsest.registry.AllowedRoots;
import dev.palimpsest.registry.CheckpointCheck;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.FreeSpace;
import dev.palimpsest.registry.InspectionCheck;
import dev.palimpsest.registry.UploadTimes;
import dev.palimpsest.report.model.History;
import dev.palimpsest.report.model.ReportArms;
import dev.palimpsest.report.model.ReportStore;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.own.OwnSuites;
import dev.palimpsest.web.api.ApiRoutes;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Access;
import dev.palimpsest.web.guard.FormTokens;
import dev.palimpsest.web.guard.HttpFront;
import dev.palimpsest.web.guard.Reach;
import dev.palimpsest.web.guard.RequestGuard;
import dev.palimpsest.web.guard.SecurityHeaders;
import dev.palimpsest.web.guard.TrafficLimits;
import dev.palimpsest.web.guard.Visitor;
import dev.palimpsest.web.guard.Visitors;
import dev.palimpsest.web.upload.TusUploads;
import dev.palimpsest.web.upload.UploadApi;
import dev.palimpsest.worker.WorkerEncoders;
import dev.palimpsest.worker.inspection.InspectionLimits;
import dev.palimpsest.worker.inspection.InspectionProcess;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.staticfiles.Location;
import io.javalin.json.JavalinJackson;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import io.javalin.util.JavalinBindException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web app: everything it is made of is put together in {@link #assemble}. */
public final class WebApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebApp.class);

  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private Javalin server;
  private CheckpointRegistry registry;
  private Audits audits;
  private OwnSuites ownSuites;
  private Accounts accounts;
  private Reach reach;

  /** What the pages show and the tests replace. */
  record Parts(
      Database database,
      SuiteLibrary suites,
      Audits audits,
      CheckpointCheck check,
      FreeSpace space,
      UploadTimes times,
      TrafficLimits limits,
      Clock clock) {}

  /** What can be asked for, as it was declared. */
  record Route(String method, String path, Set<? extends RouteRole> roles) {}

  private WebApp() {}

  /** Starts the server over a data folder and goes on with what was under way. */
  public static WebApp start(WebSettings settings) {
    WebApp app = new WebApp();
    try {
      Meanwhile.run("rehearsal", WebApp::rehearse);
      Database database = app.closes(open(settings));
      SuiteLibrary suites = SuiteLibrary.bundled().with(new OwnSuites(database, Clock.systemUTC()));
      AuditService audits = app.closes(AuditService.open(database, suites, settings.models()));
      Parts parts =
          new Parts(
              database,
              suites,
              audits,
              new InspectionCheck(
                  new InspectionProcess(InspectionLimits.standard(), settings.signers())::inspect),
              FreeSpace.on(settings.dataDir()),
              UploadTimes.standard(),
              TrafficLimits.standard(),
              Clock.systemUTC());
      app.assemble(settings, parts);
      Meanwhile.run("suites", suites::suites);
      if (!database.isShared()) {
        BackupSocket.listen(settings.dataDir(), database).ifPresent(app::closes);
      }
      return app;
    } catch (RuntimeException failure) {
      app.close();
      throw failure;
    }
  }

  /**
   * Makes a server and a page that nobody gets to see, while the database is opened: Java meets
   * most of what the first page needs at a time when a core is idle.
   */
  static void rehearse() {
    Javalin.create(
        config -> {
          configure(config);
          new HttpFront(TrafficLimits.standard(), Reach.LOCAL).configure(config.jetty);
        });
    AuditPages.rehearse(new Views(new FormTokens(), new Assets()));
  }

  private static Database open(WebSettings settings) {
    return settings
        .database()
        .map(server -> Database.open(server, settings.dataDir()))
        .orElseGet(() -> Database.open(settings.dataDir()));
  }

  /** Starts the server over parts that stay the caller's to close. */
  static WebApp start(WebSettings settings, Parts parts) {
    WebApp app = new WebApp();
    app.assemble(settings, parts);
    return app;
  }

  /** Returns the address to open. */
  public String address() {
    return reach.url(server.port());
  }

  /** Returns the people of this installation. */
  public Accounts accounts() {
    return accounts;
  }

  /** Returns what can be asked for, with what it needs; files of the app itself are not in it. */
  List<Route> routes() {
    return server.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(WebApp::route)
        .toList();
  }

  private static Route route(Endpoint endpoint) {
    Roles roles = endpoint.metadata(Roles.class);
    return new Route(
        endpoint.method.name(), endpoint.path, roles == null ? Set.of() : roles.getRoles());
  }

  /** Returns the checkpoints of this installation. */
  public CheckpointRegistry checkpoints() {
    return registry;
  }

  /** Returns the audits of this installation. */
  public Audits audits() {
    return audits;
  }

  /** Returns the suites that people of this installation made. */
  public OwnSuites ownSuites() {
    return ownSuites;
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception failure) {
        LOG.warn("closing failed", failure);
      }
    }
  }

  private void assemble(WebSettings settings, Parts parts) {
    audits = parts.audits();
    reach = settings.reach();
    accounts = Accounts.of(parts.database(), settings.dataDir(), parts.clock());
    requireAdministrator();
    registry =
        closes(
            new CheckpointRegistry(
                parts.database(),
                settings.dataDir(),
                AllowedRoots.of(settings.roots()),
                parts.check(),
                parts.space(),
                parts.times(),
                parts.clock()));
    FormTokens tokens = new FormTokens();
    Visitors visitors = new Visitors(accounts.users(), accounts.sessions(), accounts.tokens());
    Stamps stamps = new Stamps(new Ledger(parts.database()), parts.audits(), parts.clock());
    Reports reports = closes(new Reports(parts.audits(), new ReportStore(parts.database())));
    Optional<Provider> provider = settings.provider().map(one -> new Provider(one, parts.clock()));
    ReAuthentication anew = new ReAuthentication(accounts, provider, parts.clock());
    SignOffs signOffs = new SignOffs(parts.database());
    Separation separation = new Separation(accounts.users(), new AuditPeople(parts.database()));
    DecisionDesk desk = new DecisionDesk(signOffs, separation, parts.clock());
    ReportArms arms = new ReportArms(parts.database());
    ReviewQueue queue = new ReviewQueue(arms, signOffs, separation, parts.audits(), parts.clock());
    Blessings blessings = new Blessings(parts.database(), arms, signOffs, parts.clock());
    Outbox outbox = new Outbox(parts.database(), parts.clock());
    Views views = closes(new Views(tokens, new Assets(), visitor -> waiting(queue, visitor)));
    SignInPages signIn = new SignInPages(accounts, visitors, provider, views);
    OwnSuites own = new OwnSuites(parts.database(), parts.clock());
    ownSuites = own;
    RegisteredPolicies policies = new RegisteredPolicies(parts.database(), parts.clock());
    SuiteLibrary suites = parts.suites().with(own);
    EncoderLoader encoders = WorkerEncoders.standard();
    AuditPlanner planner = new AuditPlanner(suites, encoders);
    ReportPages reportPages = new ReportPages(reports, desk, stamps, views);
    ItemBook book = new ItemBook(parts.audits());
    ItemTexts texts = new ItemTexts(suites);
    TokenStrips strips = closes(new TokenStrips(parts.database(), settings.models()));
    PreflightJobs preflights =
        closes(
            new PreflightJobs(
                parts.database(),
                suites,
                encoders,
                settings.models(),
                settings.models().pairs(),
                parts.clock()));
    SigningKeys keys =
        new SigningKeys(settings.dataDir(), new Ledger(parts.database()), settings.key());
    Exports exports = new Exports(parts.database(), parts.audits(), keys);
    AuditEvents events = new AuditEvents(parts.audits(), reports, views);
    NewAuditPages newAudits =
        new NewAuditPages(
            registry,
            suites,
            planner,
            parts.audits(),
            policies,
            new BaseHistory(parts.database()),
            blessings,
            views);
    AuditPages auditPages =
        new AuditPages(parts.audits(), reports, signOffs, registry, stamps, views, parts.clock());
    ComparePages comparing = new ComparePages(parts.audits(), reports, suites, views);
    ReportDownloads downloads = new ReportDownloads(reports, desk, exports);
    UserPages users = new UserPages(accounts, provider, views);
    RemovalPages removals =
        new RemovalPages(registry, parts.audits(), reports, signOffs, own, views);
    OwnSuitePages ownSuitePages =
        new OwnSuitePages(suites, own, registry, new PromptPreview(registry, encoders), views);
    SweepPages sweeps = new SweepPages(reports, planner, parts.audits());
    Reviews reviews = new Reviews(parts.database());
    SuitePages suitePages = new SuitePages(suites, own, views);

    HttpFront front = new HttpFront(parts.limits(), reach);
    RequestFigures requests = new RequestFigures();
    ItemFigures items = closes(new ItemFigures(parts.audits()));

    server =
        Javalin.create(
            config -> {
              configure(config);
              front.configure(config.jetty);
              config.requestLogger.http(requests::note);
              if (reach.tls().isPresent()) {
                front.listen(config.jetty, settings.port());
              }
              RoutesConfig routes = config.routes;
              SecurityHeaders headers = new SecurityHeaders();
              RequestGuard guard = new RequestGuard(reach);
              routes.before(requests::begin);
              routes.before(headers::set);
              routes.before(guard::check);
              routes.beforeMatched(new Access(tokens, visitors)::check);
              new Errors(views).routes(routes);
              new HealthPages(parts.database(), parts.space()).routes(routes);
              new MetricsPages(parts.database(), requests, items, front).routes(routes);
              newAudits.routes(routes);
              new PolicyPages(policies, views).routes(routes);
              new PreflightPages(preflights, registry, views).routes(routes);
              auditPages.routes(routes);
              events.routes(routes);
              reportPages.routes(routes);
              new CheckpointReportPages(reports, desk, views).routes(routes);
              comparing.routes(routes);
              new HistoryPages(
                      new History(parts.database()),
                      new ReportStore(parts.database()),
                      signOffs,
                      views,
                      parts.clock())
                  .routes(routes);
              new GlossaryPages(views).routes(routes);
              sweeps.routes(routes);
              downloads.routes(routes);
              new ItemPages(reports, parts.audits(), book, texts, stamps, views).routes(routes);
              new ItemPage(reports, reviews, strips, book, texts, views, parts.clock())
                  .routes(routes);
              new SignOffPages(reports, desk, queue, anew, views, parts.clock()).routes(routes);
              new ReviewPages(queue, outbox, views).routes(routes);
              new BlessPages(registry, blessings).routes(routes);
              signIn.routes(routes);
              new ProviderPages(provider, accounts, visitors, signIn, views, parts.clock())
                  .routes(routes);
              new LabelPages(
                      reports,
                      parts.audits(),
                      new Labels(parts.database()),
                      texts,
                      views,
                      parts.clock())
                  .routes(routes);
              new SetUpPages(accounts, visitors, views).routes(routes);
              new AccountPages(accounts, provider, views).routes(routes);
              new AuthenticatorPages(accounts, views).routes(routes);
              users.routes(routes);
              removals.routes(routes);
              new CheckpointPages(registry, blessings, views).routes(routes);
              new UploadApi(registry).routes(routes);
              new TusUploads(registry).routes(routes);
              ownSuitePages.routes(routes);
              suitePages.routes(routes);
              ApiRoutes api = new ApiRoutes(routes);
              new ApiAudits(
                      parts.audits(),
                      reports,
                      suites,
                      auditPages,
                      newAudits,
                      removals,
                      downloads,
                      sweeps)
                  .routes(api);
              new ApiReviews(reports, reviews, parts.clock()).routes(api);
              new ApiItems(reports, book, texts).routes(api);
              new ApiCheckpoints(registry, removals).routes(api);
              new ApiSuites(suites, own, suitePages, ownSuitePages, removals).routes(api);
              new ApiPolicies(policies).routes(api);
              new ApiComparisons(comparing, new History(parts.database())).routes(api);
              new ApiUsers(accounts, users).routes(api);
              api.describeYourself();
            });
    listen(settings.port());
    closes(events);
    closes(Courier.start(parts.database(), outbox, settings.notices(), address()));
    registry.recover();
    reports.catchUp();
    reports.withNewest(
        id -> {
          reportPages.rehearse(id);
          book.open(reports.of(id));
        });
  }

  /** A page that says what is wrong with the database is shown without the number. */
  private static int waiting(ReviewQueue queue, Visitor visitor) {
    try {
      return queue.count(Visitor.user(visitor));
    } catch (UserFacingException unknown) {
      return 0;
    }
  }

  /** Whoever reaches the port without accounts may do everything: nobody from afar may. */
  private void requireAdministrator() {
    if (!reach.isSafe()) {
      throw new WebException(
          503,
          "Beyond this machine the server is reached over HTTPS only; give --tls-cert and"
              + " --tls-key, or name the proxy that speaks HTTPS with --behind-proxy.");
    }
    if (!reach.isLocal() && accounts.users().isEmpty()) {
      throw new WebException(
          503,
          "There is no administrator yet, and without one everybody may do everything; make one by"
              + " 'palimpsest user add NAME --role administrator' with the same --data, then start"
              + " again.");
    }
  }

  private static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = RequestGuard.LARGEST_FORM;
    config.jsonMapper(new JavalinJackson(Json.mapper(), false));
    config.staticFiles.enableWebjars();
    config.staticFiles.add(
        files -> {
          files.hostedPath = "/static";
          files.directory = "/static";
          files.location = Location.CLASSPATH;
          files.headers = Map.of("Cache-Control", "public, max-age=31536000, immutable");
        });
  }

  private void listen(int port) {
    try {
      if (reach.tls().isPresent()) {
        server.start();
      } else {
        server.start(reach.address().getHostAddress(), port);
      }
    } catch (JavalinBindException taken) {
      throw new WebException(
          503,
          "Port " + port + " is in use; stop what uses it or choose another one with --port.",
          taken);
    }
    closing.push(server::stop);
  }

  private <T extends AutoCloseable> T closes(T part) {
    closing.push(part);
    return part;
  }
}
