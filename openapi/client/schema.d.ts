// Generated from openapi.json by `bun run contract`. Do not edit.

export interface paths {
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This contract, to read and to try
         * @description Swagger UI, from this service's own files.
         */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/assets/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file of the documentation page
         * @description Script, style and icon of Swagger UI.
         */
        get: operations["getDocsAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each problem means
         * @description The headings that the type of a problem points to.
         */
        get: operations["getProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process answers
         * @description From memory, for any Host header. Never asks the database.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process answers
         * @description From memory, for any Host header. Never asks the database.
         */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This contract as JSON
         * @description The OpenAPI 3.1 document.
         */
        get: operations["getContract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process wants traffic
         * @description Ready from the moment it listens until it begins to stop or an operator drains it. Never asks the database.
         */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was done
         * @description Every change by operators, by players for themselves and by the service, the newest first, a page at a time. Rows are written with what they tell of and never change.
         */
        get: operations["listAuditActs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/bets/{betId}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why a bet was paid what it was
         * @description What its player can read, of any bet of the tenant.
         */
        get: operations["getExplanationOfBet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/bets/{betId}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Void a bet
         * @description Gives the stake of a bet back by new entries; the player reads why. What a settled bet was paid is taken back first, by entries that negate it; where that takes more than the player has, the settlement policy says what becomes of the debt. A bet that is void already is answered as it is.
         */
        post: operations["voidBet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/events/{eventId}/cancellations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Void the bets of a window
         * @description Bets of this tenant on the event that were placed inside the window, on what is named, do not count: their stakes are returned, of settled ones too. What is left out is any.
         */
        post: operations["cancelBetsOfEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/events/{eventId}/cancellations/{cancellationId}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a cancellation back
         * @description The bets that are void by it alone are settled by the facts again.
         */
        post: operations["rollBackCancellation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/events/{eventId}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is known of an event
         * @description The facts that the tenant's bets on the event are settled by, each with who said it, when it was true and when it became known, and every statement that was ever made: by the feeds for all tenants, and by this tenant's operators. As of now, of a version or of a moment.
         */
        get: operations["getEventFacts"];
        put?: never;
        /**
         * Say something of an event
         * @description Counts, the status, a winner, the order of goals, who retired: what the feeds do not say, or say wrongly. It counts for the bets of this tenant alone, and outranks what is said for all until it is retracted: results are global, so that no operator decides another tenant's bets. Bets that are settled by it are paid at once, and settled ones put right.
         */
        post: operations["stateEventFacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The limits of bets
         * @description What bets are bounded by, and whether any are taken.
         */
        get: operations["getBettingLimits"];
        /**
         * Set the limits of bets
         * @description Whole, in place of those before, made from the version that is named. When it is answered, no bet is taken by the old ones any more.
         */
        put: operations["setBettingLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/players": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Players
         * @description The tenant's players, the newest first, a page at a time. By e-mail, exact whatever its case: that someone looked is written to the audit, and whom they found, but not the e-mail.
         */
        get: operations["listPlayers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/players/{playerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One player
         * @description A player by id.
         */
        get: operations["getListedPlayer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/players/{playerId}/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Correct a wallet
         * @description Gives to or takes from a player's cash or bonus, with a reason, against the tenant's account of adjustments. The same key and body are answered by the same bytes, and the money moves once.
         */
        post: operations["createAdjustment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/players/{playerId}/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay money in
         * @description A payment that reached the tenant becomes the player's cash, within the player's own limits on deposits. The same key and body are answered by the same bytes, and the money moves once.
         */
        post: operations["createDeposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/players/{playerId}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A player's entries
         * @description What moved a player's money, the newest first, a page at a time.
         */
        get: operations["listPlayerEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/players/{playerId}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A player's limits
         * @description Every limit of a player as it holds now, and what was decided and does not hold yet.
         */
        get: operations["getLimitsOfPlayer"];
        /**
         * Set a player's limits
         * @description As a player does it: what is stricter holds at once, what is looser a day later, and a newer decision replaces one that does not hold yet.
         */
        put: operations["setLimitsOfPlayer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/players/{playerId}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Verify, exclude or close a player
         * @description Moves a player to another state, with a reason. The present one again is no change. An exclusion is not undone and a closed account stays closed: both end its sessions.
         */
        put: operations["setPlayerState"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/players/{playerId}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a frozen player go on
         * @description Lifts the freeze of a player whom a corrected result left in debt (see the settlement policy), with a reason. The debt stays. A player who is not frozen stays as they are.
         */
        post: operations["unfreezePlayer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/players/{playerId}/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A player's wallet
         * @description What a player has, now or at a moment of the past.
         */
        get: operations["getPlayerWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/players/{playerId}/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay money out
         * @description The player's cash is paid out, in every state of the player: whoever may not bet any more may still have what is theirs. A frozen player, who owes, is refused. The same key and body are answered by the same bytes, and the money moves once.
         */
        post: operations["createWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/settlement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How bets are settled
         * @description Which house rules bets are taken under, and what becomes of a balance that a correction took below zero.
         */
        get: operations["getSettlementPolicy"];
        /**
         * Set how bets are settled
         * @description Whole, in place of what was decided before, made from the version that is named. Bets keep the house rules that they were placed under.
         */
        put: operations["setSettlementPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/admin/settlement/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bets that wait for somebody
         * @description Bets that settlement has failed on, and outcomes that open bets wait for though their event is over: which bet, which event, and why. Void such a bet, state the missing fact, or correct what contradicts.
         */
        get: operations["listStuckBets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/bets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My bets
         * @description The player's bets, the latest first, a page at a time.
         */
        get: operations["listBets"];
        put?: never;
        /**
         * Place a bet
         * @description One leg is a single, 2 to 20 legs of different events an accumulator. Prices are looked up on the server: those sent are what the player was shown, and say by `priceChange` what is to happen where they have moved. Under the same Idempotency-Key the same request is answered by the same bytes, whatever has happened since; a refusal is not kept, so that the key may be used again. After a 503 or no answer at all, send the same request with the same key until it is answered otherwise.
         */
        post: operations["placeBet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/bets/{betId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of my bets
         * @description A bet with its legs and what became of each. Another player's is as unknown as none.
         */
        get: operations["getBet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/bets/{betId}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why one of my bets was paid what it was
         * @description The facts by which each leg was graded with their times and sources, the rules that had a part in it, the grade, the exact return before its one rounding, the ledger entries, and every earlier version with why it was taken back. Everything that was paid can be worked out from this document alone. Another player's bet is as unknown as none.
         */
        get: operations["getBetExplanation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/players": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register
         * @description A new player, unverified until an operator or an adapter has vouched for them: only then may they deposit and bet. Whoever is excluded, at whichever brand of the deployment, is refused.
         */
        post: operations["registerPlayer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/players/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who I am
         * @description The player of the access token.
         */
        get: operations["getPlayer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/players/me/cool-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause
         * @description Neither bets nor deposits for so many days. It is never shortened, and open bets stand.
         */
        post: operations["coolOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/players/me/exclusion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exclude myself
         * @description From every brand of the deployment, by name, date of birth and e-mail: sessions end, no bet, deposit or registration is taken any more, and nothing undoes it before its term is over. Open bets stand.
         */
        post: operations["excludePlayer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/players/me/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My limits
         * @description Every limit, those that were never set among them.
         */
        get: operations["getPlayerLimits"];
        /**
         * Set my limits
         * @description A lower limit holds at once, a higher one or none after 24 hours; a newer decision takes the place of one that does not hold yet. Limits that are not named stay as they are.
         */
        put: operations["setPlayerLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/competitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Competitions
         * @description What has events to come or under way, by sport and name, one by one.
         */
        get: operations["listCompetitions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events by start
         * @description Fixtures, the earliest first, a page at a time.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One event
         * @description A fixture by its id.
         */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/events/{eventId}/odds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every price of an event
         * @description Prices are the tenant's own: its margin is in them, what it switched off is left out, and they are written in its odds format; the exact fraction stands beside each, and a bet is placed at exactly that. Prices past their age limit, of a silent source or of an event that takes no bets are shown suspended with their age: they cannot be bet on. No cache may keep an answer longer than its prices hold.
         */
        get: operations["getOdds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/house-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The house rules in force
         * @description What bets that are placed now will be settled by, whole: as published and in plain words. A bet keeps the rules it was placed under: read those by its rulesVersion.
         */
        get: operations["getHouseRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/house-rules/{rulesVersion}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * House rules by their number
         * @description Any that were ever published. They never change: a change is another number.
         */
        get: operations["getHouseRulesVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/load-theme": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tenant's theme
         * @description Everything a front end needs to look like the tenant. Served fresh, else stale of any age, else as the built-in default brand, which is not to be stored.
         */
        get: operations["loadTheme"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/manifest.webmanifest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The web app manifest
         * @description What an installed copy of the site is called and looks like (W3C Web Application Manifest).
         */
        get: operations["getManifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/odds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every price of a competition
         * @description A competition's events to come or under way with all their prices, the earliest first, a page at a time. Prices are the tenant's own: its margin is in them, what it switched off is left out, and they are written in its odds format; the exact fraction stands beside each, and a bet is placed at exactly that. Prices past their age limit, of a silent source or of an event that takes no bets are shown suspended with their age: they cannot be bet on. No cache may keep an answer longer than its prices hold.
         */
        get: operations["listOdds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/odds/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prices as they change
         * @description Server-sent events (WHATWG HTML, 9.2) of up to 50 events, or of a competition:
         *
         *     - `snapshot`: all of an event, as `Odds`, the very text of `getOdds`; first of each event, and again whenever what was missed is not known any more;
         *     - `delta`: what has changed since, as `StreamDelta`; each outcome in `changed` replaces its own, those in `removed` are gone. The order of markets and of outcomes says nothing;
         *     - `removed`: nothing of the event is shown any more, as `StreamRemoved`;
         *     - `dropped`: the last of a stream that is ended from this side, as `StreamDropped`.
         *
         *     Prices past their age limit, of a silent source or of an event that takes no bets are told suspended as soon as their time is over, whether or not anything else changes, and also while the database does not answer: the stream stays. Comments keep the connection alive.
         *
         *     Every event has an id; asked again for the same with `Last-Event-ID`, as browsers do by themselves, the stream goes on where it was if that is less than a few seconds ago, on the same machine and at the same terms; otherwise it begins with snapshots. A reader that does not take what is sent is dropped. A stream that breaks off says nothing about prices: what was last shown must then be taken for suspended.
         */
        get: operations["streamOdds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Results, the latest first
         * @description Each event's result in its latest version, a page at a time.
         */
        get: operations["listResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/sports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sports and competitions
         * @description What has events to come or under way.
         */
        get: operations["listSports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/public/theme.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The theme as CSS custom properties
         * @description Colours, fonts and radii of the theme, for a page that only links a stylesheet.
         */
        get: operations["getStylesheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Begins a session. The answer does not tell an unknown account from a wrong password. Attempts are bounded per account and per client address.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out
         * @description Ends the session of the access token: from then on neither of its tokens is taken.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/sessions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with a session
         * @description Takes a refresh token and gives the next pair of tokens. A token serves once: one that comes back ends the session, since somebody has stolen it.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The player's wallet
         * @description What the player has, now or at a moment of the past: the sums of the ledger's entries.
         */
        get: operations["getWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/api/wallet/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The player's entries
         * @description What moved the player's money, the newest first, a page at a time, each with what was there after it.
         */
        get: operations["listWalletEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A correction of a wallet */
        Adjustment: {
            /**
             * @description In minor units: above zero gives, below zero takes
             * @example -500
             */
            amountMinor: number;
            /**
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /**
             * @description Which part of the wallet
             * @default cash
             * @example cash
             * @enum {string}
             */
            part: "cash" | "bonus";
            /**
             * @description Why; it stays in the audit, so that it must not name or describe a person
             * @example goodwill after a display error
             */
            reason: string;
        };
        /** @description A page of what was done for a tenant, the newest first */
        AuditList: {
            items: {
                /**
                 * Format: uuid
                 * @example 01994e0a-3c00-7000-8000-00000000a001
                 */
                actId: string;
                /**
                 * @description What was done
                 * @example deposit
                 */
                action: string;
                actor: {
                    /**
                     * @description Of a key, of a player, or the name of a part of the service
                     * @example 4fQz8LrT1cXa
                     */
                    id: string;
                    /**
                     * @example operator
                     * @enum {string}
                     */
                    kind: "operator" | "player" | "system";
                    /**
                     * @description The key's name; null for others
                     * @example cashier desk
                     */
                    name: string | null;
                };
                /**
                 * Format: date-time
                 * @example 2025-09-19T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description What was decided: ids, amounts in minor units, reasons. Names of persons are never in it
                 * @example {
                 *       "amountMinor": 5000,
                 *       "currency": "EUR"
                 *     }
                 */
                facts: {
                    [key: string]: unknown;
                };
                subject: {
                    /** @example 01994e0a-3c00-7000-8000-00000000000b */
                    id: string;
                    /** @example player */
                    kind: string;
                };
            }[];
            /**
             * @description Pass as cursor for the next page; null on the last
             * @example MTc1ODI4MzIwMDAwMA.01994e0a-3c00-7000-8000-00000000a001
             */
            next: string | null;
        };
        /** @description A bet with its legs */
        Bet: {
            /**
             * @description The bet
             * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e
             */
            betId: string;
            /**
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            legs: {
                /**
                 * @description Away side
                 * @example Everton
                 */
                away: string;
                /**
                 * @description Whose price
                 * @example bet365
                 */
                book: string;
                /**
                 * @description Name of the competition
                 * @example England: Premier League
                 */
                competition: string;
                /**
                 * @description The event
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
                /** @description The exact price it was taken at, stake included */
                fraction: {
                    /** @example 50 */
                    denominator: string;
                    /** @example 81 */
                    numerator: string;
                };
                /**
                 * @description Home side
                 * @example Liverpool
                 */
                home: string;
                /**
                 * @description As in Odds, empty for known markets
                 * @example
                 */
                label: string;
                /** @example 1 */
                legNumber: number;
                /**
                 * @description The line in quarter units, null where there is none
                 * @example null
                 */
                lineQuarters: number | null;
                /**
                 * @description In the normal form
                 * @example 1x2
                 */
                marketType: string;
                /**
                 * @description What happens, in the normal form
                 * @example home
                 */
                outcome: string;
                /**
                 * @description The stretch of play that decides
                 * @example regulation
                 */
                period: string;
                /**
                 * @description Of the result it was graded by
                 * @example null
                 */
                resultVersion: number | null;
                /**
                 * Format: date-time
                 * @description Planned start when the bet was placed
                 * @example 2025-09-20T11:30:00.000Z
                 */
                startsAt: string;
                /**
                 * @description `open` until it is graded, and for good where the bet was decided without it
                 * @example open
                 * @enum {string}
                 */
                state: "open" | "won" | "lost" | "void" | "half_won" | "half_lost";
            }[];
            /**
             * @description Of the tenant's limits that were in force; null while it had set none
             * @example 3
             */
            limitsVersion: number | null;
            /**
             * Format: date-time
             * @description When it was placed
             * @example 2025-09-20T10:59:00.000Z
             */
            placedAt: string;
            /**
             * @description What it returns if all legs win, stake included
             * @example 810
             */
            potentialReturnMinor: number;
            /**
             * @description What it has returned; null while it is not settled
             * @example null
             */
            returnMinor: number | null;
            /**
             * @description Of the house rules it stands under
             * @example 1
             */
            rulesVersion: number;
            /**
             * Format: date-time
             * @example null
             */
            settledAt: string | null;
            /**
             * @description Minor units of the currency
             * @example 500
             */
            stakeMinor: number;
            /**
             * @description `quarantined`: it could not be settled, and waits for an operator with its stake held
             * @example open
             * @enum {string}
             */
            state: "open" | "settled" | "void" | "quarantined";
            terms: {
                /**
                 * @description As it was asked for
                 * @example none
                 * @enum {string}
                 */
                priceChange: "none" | "better" | "any" | "slippage";
                /** @example 200 */
                slippageBps?: number;
            };
            /**
             * @description Why an operator has given the stake back; null unless the bet is void
             * @example null
             */
            void: {
                /**
                 * Format: date-time
                 * @description When
                 * @example 2025-09-20T12:00:00.000Z
                 */
                at: string;
                /** @example The price was a slip of the pen */
                reason: string;
                /** @example House rules 4.2: palpable errors */
                rule: string;
            } | null;
        };
        /** @description A bet from the facts to the entries: enough to work out every amount that was paid, now and before, without asking anything else */
        BetExplanation: {
            /**
             * Format: uuid
             * @description The bet
             * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e
             */
            betId: string;
            /**
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /**
             * @description What made its settlement fail, where it did: of a quarantined bet, why it waits for a person
             * @example null
             */
            failure: string | null;
            /**
             * @description How a return is worked out
             * @example stake × the product over all legs of v + (1 − v) · r · h · (1 + (price − 1) · (1 − d))
             */
            formula: string;
            /** @description What was bet on, as frozen at the placement */
            legs: {
                /**
                 * @description Away side
                 * @example Everton
                 */
                away: string;
                /**
                 * @description Whose price
                 * @example bet365
                 */
                book: string;
                /**
                 * @description Name of the competition
                 * @example England: Premier League
                 */
                competition: string;
                /**
                 * Format: uuid
                 * @description The event
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
                /**
                 * @description Home side
                 * @example Liverpool
                 */
                home: string;
                /**
                 * @description As in Odds, empty for known markets
                 * @example
                 */
                label: string;
                /** @example 1 */
                legNumber: number;
                /**
                 * @description The line in quarter units, null where there is none
                 * @example null
                 */
                lineQuarters: number | null;
                /**
                 * @description In the normal form
                 * @example 1x2
                 */
                marketType: string;
                /**
                 * @description What happens, in the normal form
                 * @example home
                 */
                outcome: string;
                /**
                 * @description The stretch of play that decides
                 * @example regulation
                 */
                period: string;
                /** @description The exact price it was taken at, stake included */
                price: {
                    /** @example 50 */
                    denominator: string;
                    /** @example 81 */
                    numerator: string;
                };
                /**
                 * @description Our name of it; null for an event that is gone
                 * @example soccer
                 */
                sport: string | null;
                /**
                 * Format: date-time
                 * @description Planned start when the bet was placed
                 * @example 2025-09-20T11:30:00.000Z
                 */
                startsAt: string;
                /** @description Why the leg has no grade; null for one that has */
                waitsFor: {
                    /**
                     * @description The same in plain words
                     * @example It is not known: score first_half.
                     */
                    text: string;
                    /**
                     * @description What is waited for or missing, in the words of the facts and rules
                     * @example score first_half
                     */
                    what: string;
                    /**
                     * @description not_yet, fact_missing, facts_contradict, rule_missing, no_grader, nothing_known, awaiting_settlement or decided_without
                     * @example fact_missing
                     */
                    why: string;
                } | null;
            }[];
            /** @description What the legs have come to while the bet is open or quarantined; null once it is decided */
            legsSoFar: {
                /**
                 * Format: uuid
                 * @description The event
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
                /**
                 * @description Of all that was known of the event then: what it was graded by. Null for a leg that the bet was decided without
                 * @example 1
                 */
                factVersion: number | null;
                /** @description Null likewise */
                factor: {
                    /** @example 50 */
                    denominator: string;
                    /** @example 81 */
                    numerator: string;
                } | null;
                /** @description What was known that bears on the leg's market */
                facts: {
                    /**
                     * @description The id of the operator's key by which it was entered
                     * @example null
                     */
                    actor: string | null;
                    /**
                     * @description As the source tells it: live or confirmed
                     * @example confirmed
                     */
                    certainty: string | null;
                    /**
                     * @description What no number says, as the status
                     * @example null
                     */
                    detail: {
                        [key: string]: unknown;
                    } | null;
                    /**
                     * @description What it is about: a count, the status, a goal, …
                     * @example count
                     */
                    fact: string;
                    /**
                     * @description False while it can still change by play
                     * @example true
                     */
                    final: boolean;
                    /**
                     * Format: date-time
                     * @description When it was known here
                     * @example 2025-09-20T13:30:04.000Z
                     */
                    knownAt: string;
                    /**
                     * @description The stretch of play
                     * @example regulation
                     */
                    period: string | null;
                    /**
                     * @description home or away
                     * @example home
                     */
                    side: string | null;
                    /**
                     * @description Who said so
                     * @example goalserve/soccer
                     */
                    source: string;
                    /**
                     * @description What is counted, with counts
                     * @example score
                     */
                    statistic: string | null;
                    /**
                     * @description Which goal, player or runner it is of
                     * @example null
                     */
                    subject: string | null;
                    /**
                     * Format: date-time
                     * @description When it was so
                     * @example 2025-09-20T13:30:00.000Z
                     */
                    trueAt: string;
                    /**
                     * @description The count; the least it can become while it is not final
                     * @example 2
                     */
                    value: number | null;
                    /**
                     * @description Of all that is known of the event: the one that brought it
                     * @example 1
                     */
                    version: number;
                }[];
                /** @description Null likewise */
                grade: {
                    /** @description h: the part that is paid where places are shared */
                    deadHeatFactor: {
                        /** @example 1 */
                        denominator: string;
                        /** @example 1 */
                        numerator: string;
                    };
                    /**
                     * Format: date-time
                     * @description When the leg was graded
                     * @example 2025-09-20T13:31:00.000Z
                     */
                    gradedAt: string;
                    /**
                     * @description Why, by one word of a closed list
                     * @example won
                     */
                    reason: string;
                    /**
                     * @description r: 1 won, 0 lost
                     * @example 1
                     */
                    result: number;
                    /**
                     * @description The same in plain words
                     * @example The selection won.
                     */
                    text: string;
                    /** @description v: the part of the stake that is given back as if there was no bet */
                    voidFactor: {
                        /** @example 1 */
                        denominator: string;
                        /** @example 0 */
                        numerator: string;
                    };
                    /** @description d: the part of the winnings that is kept for withdrawn runners */
                    winningsDeduction: {
                        /** @example 1 */
                        denominator: string;
                        /** @example 0 */
                        numerator: string;
                    };
                } | null;
                /** @example 1 */
                legNumber: number;
                /** @description The leg's price, stake included */
                price: {
                    /** @example 50 */
                    denominator: string;
                    /** @example 81 */
                    numerator: string;
                };
                /** @description Which sections of the bet's rules had a part in it */
                rules: {
                    /**
                     * @description The section as it was published
                     * @example {
                     *       "play_within_hours": 48
                     *     }
                     */
                    says: unknown;
                    /**
                     * @description Of the published rules
                     * @example postponed.soccer
                     */
                    section: string;
                    /**
                     * @description The same in plain words
                     * @example A match that is put off stands if it begins within 48 hours of its planned start.
                     */
                    text: string;
                }[];
            }[] | null;
            /**
             * Format: date-time
             * @description When it was placed
             * @example 2025-09-20T10:59:00.000Z
             */
            placedAt: string;
            /**
             * @description What it has returned as it stands; null while it is not decided
             * @example 810
             */
            returnMinor: number | null;
            rounding: {
                /**
                 * @description As published
                 * @example nearest_minor_unit_halves_to_player
                 */
                rule: string;
                /**
                 * @description In plain words
                 * @example Once, to the nearest minor unit; a half goes to the player.
                 */
                text: string;
            };
            /** @description The house rules it stands under */
            rules: {
                /**
                 * Format: date-time
                 * @description When
                 * @example 2025-01-01T00:00:00.000Z
                 */
                publishedAt: string;
                /**
                 * @description Frozen into the bet at its placement
                 * @example 1
                 */
                version: number;
            };
            /**
             * @description Minor units of the currency
             * @example 500
             */
            stakeMinor: number;
            /**
             * @description open, settled, void or quarantined
             * @example settled
             */
            state: string;
            /** @description What the player agreed to beside price and rules */
            terms: {
                /**
                 * @description What was to become of the bet if a price had moved
                 * @example better
                 */
                priceChange: string;
                /** @example 200 */
                slippageBps?: number;
            };
            /** @description Everything that became of the bet, oldest first */
            versions: ({
                /**
                 * Format: date-time
                 * @description When
                 * @example 2025-09-20T13:31:00.000Z
                 */
                at: string;
                /** @constant */
                kind: "placed";
                /** @description What it moved in the ledger */
                transfers: {
                    /** @description They sum to zero */
                    entries: {
                        /**
                         * @description The kind of account: the player's cash and held stakes, the house's book, …
                         * @example player_cash
                         */
                        account: string;
                        /**
                         * @description Above zero it receives, below zero it gives
                         * @example 810
                         */
                        amountMinor: number;
                    }[];
                    /**
                     * @description stake, settlement, reversal, void, …
                     * @example settlement
                     */
                    kind: string;
                    /**
                     * Format: date-time
                     * @description When it moved
                     * @example 2025-09-20T13:31:00.000Z
                     */
                    occurredAt: string;
                    /**
                     * Format: uuid
                     * @description Names it in the ledger
                     * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d70
                     */
                    transferId: string;
                }[];
                /**
                 * @description 0 for the placement; each thing that became of the bet has the next
                 * @example 1
                 */
                version: number;
            } | {
                /**
                 * Format: date-time
                 * @description When
                 * @example 2025-09-20T13:31:00.000Z
                 */
                at: string;
                /** @description What decided the bet at last */
                decidedBy: {
                    /**
                     * Format: uuid
                     * @description The event
                     * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                     */
                    eventId: string;
                    /**
                     * @description Of what was known of it
                     * @example 1
                     */
                    factVersion: number;
                };
                /** @description Stake times product, in minor units, before rounding */
                exactReturn: {
                    /** @example 1 */
                    denominator: string;
                    /** @example 810 */
                    numerator: string;
                };
                /** @constant */
                kind: "settled";
                /** @description Each as it was graded then */
                legs: {
                    /**
                     * Format: uuid
                     * @description The event
                     * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                     */
                    eventId: string;
                    /**
                     * @description Of all that was known of the event then: what it was graded by. Null for a leg that the bet was decided without
                     * @example 1
                     */
                    factVersion: number | null;
                    /** @description Null likewise */
                    factor: {
                        /** @example 50 */
                        denominator: string;
                        /** @example 81 */
                        numerator: string;
                    } | null;
                    /** @description What was known that bears on the leg's market */
                    facts: {
                        /**
                         * @description The id of the operator's key by which it was entered
                         * @example null
                         */
                        actor: string | null;
                        /**
                         * @description As the source tells it: live or confirmed
                         * @example confirmed
                         */
                        certainty: string | null;
                        /**
                         * @description What no number says, as the status
                         * @example null
                         */
                        detail: {
                            [key: string]: unknown;
                        } | null;
                        /**
                         * @description What it is about: a count, the status, a goal, …
                         * @example count
                         */
                        fact: string;
                        /**
                         * @description False while it can still change by play
                         * @example true
                         */
                        final: boolean;
                        /**
                         * Format: date-time
                         * @description When it was known here
                         * @example 2025-09-20T13:30:04.000Z
                         */
                        knownAt: string;
                        /**
                         * @description The stretch of play
                         * @example regulation
                         */
                        period: string | null;
                        /**
                         * @description home or away
                         * @example home
                         */
                        side: string | null;
                        /**
                         * @description Who said so
                         * @example goalserve/soccer
                         */
                        source: string;
                        /**
                         * @description What is counted, with counts
                         * @example score
                         */
                        statistic: string | null;
                        /**
                         * @description Which goal, player or runner it is of
                         * @example null
                         */
                        subject: string | null;
                        /**
                         * Format: date-time
                         * @description When it was so
                         * @example 2025-09-20T13:30:00.000Z
                         */
                        trueAt: string;
                        /**
                         * @description The count; the least it can become while it is not final
                         * @example 2
                         */
                        value: number | null;
                        /**
                         * @description Of all that is known of the event: the one that brought it
                         * @example 1
                         */
                        version: number;
                    }[];
                    /** @description Null likewise */
                    grade: {
                        /** @description h: the part that is paid where places are shared */
                        deadHeatFactor: {
                            /** @example 1 */
                            denominator: string;
                            /** @example 1 */
                            numerator: string;
                        };
                        /**
                         * Format: date-time
                         * @description When the leg was graded
                         * @example 2025-09-20T13:31:00.000Z
                         */
                        gradedAt: string;
                        /**
                         * @description Why, by one word of a closed list
                         * @example won
                         */
                        reason: string;
                        /**
                         * @description r: 1 won, 0 lost
                         * @example 1
                         */
                        result: number;
                        /**
                         * @description The same in plain words
                         * @example The selection won.
                         */
                        text: string;
                        /** @description v: the part of the stake that is given back as if there was no bet */
                        voidFactor: {
                            /** @example 1 */
                            denominator: string;
                            /** @example 0 */
                            numerator: string;
                        };
                        /** @description d: the part of the winnings that is kept for withdrawn runners */
                        winningsDeduction: {
                            /** @example 1 */
                            denominator: string;
                            /** @example 0 */
                            numerator: string;
                        };
                    } | null;
                    /** @example 1 */
                    legNumber: number;
                    /** @description The leg's price, stake included */
                    price: {
                        /** @example 50 */
                        denominator: string;
                        /** @example 81 */
                        numerator: string;
                    };
                    /** @description Which sections of the bet's rules had a part in it */
                    rules: {
                        /**
                         * @description The section as it was published
                         * @example {
                         *       "play_within_hours": 48
                         *     }
                         */
                        says: unknown;
                        /**
                         * @description Of the published rules
                         * @example postponed.soccer
                         */
                        section: string;
                        /**
                         * @description The same in plain words
                         * @example A match that is put off stands if it begins within 48 hours of its planned start.
                         */
                        text: string;
                    }[];
                }[];
                /** @description The factors of the graded legs multiplied */
                product: {
                    /** @example 50 */
                    denominator: string;
                    /** @example 81 */
                    numerator: string;
                };
                /**
                 * @description After rounding: what is paid
                 * @example 810
                 */
                returnMinor: number;
                /** @description What it moved in the ledger */
                transfers: {
                    /** @description They sum to zero */
                    entries: {
                        /**
                         * @description The kind of account: the player's cash and held stakes, the house's book, …
                         * @example player_cash
                         */
                        account: string;
                        /**
                         * @description Above zero it receives, below zero it gives
                         * @example 810
                         */
                        amountMinor: number;
                    }[];
                    /**
                     * @description stake, settlement, reversal, void, …
                     * @example settlement
                     */
                    kind: string;
                    /**
                     * Format: date-time
                     * @description When it moved
                     * @example 2025-09-20T13:31:00.000Z
                     */
                    occurredAt: string;
                    /**
                     * Format: uuid
                     * @description Names it in the ledger
                     * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d70
                     */
                    transferId: string;
                }[];
                /**
                 * @description 0 for the placement; each thing that became of the bet has the next
                 * @example 1
                 */
                version: number;
            } | {
                /**
                 * Format: date-time
                 * @description When
                 * @example 2025-09-20T13:31:00.000Z
                 */
                at: string;
                /**
                 * @description The event, and the version of what is known of it, that changed the grade
                 * @example {
                 *       "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                 *       "factVersion": 2
                 *     }
                 */
                because: {
                    /** Format: uuid */
                    eventId: string;
                    factVersion: number;
                } | null;
                /** @constant */
                kind: "reversed";
                /**
                 * @description Why
                 * @example result_corrected
                 */
                reason: string;
                /**
                 * @description The version whose entries are undone, each by its opposite
                 * @example 1
                 */
                reverses: number;
                /**
                 * @description The same in plain words
                 * @example What is known of the event has changed.
                 */
                text: string;
                /** @description What it moved in the ledger */
                transfers: {
                    /** @description They sum to zero */
                    entries: {
                        /**
                         * @description The kind of account: the player's cash and held stakes, the house's book, …
                         * @example player_cash
                         */
                        account: string;
                        /**
                         * @description Above zero it receives, below zero it gives
                         * @example 810
                         */
                        amountMinor: number;
                    }[];
                    /**
                     * @description stake, settlement, reversal, void, …
                     * @example settlement
                     */
                    kind: string;
                    /**
                     * Format: date-time
                     * @description When it moved
                     * @example 2025-09-20T13:31:00.000Z
                     */
                    occurredAt: string;
                    /**
                     * Format: uuid
                     * @description Names it in the ledger
                     * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d70
                     */
                    transferId: string;
                }[];
                /**
                 * @description 0 for the placement; each thing that became of the bet has the next
                 * @example 1
                 */
                version: number;
            } | {
                /**
                 * Format: date-time
                 * @description When
                 * @example 2025-09-20T13:31:00.000Z
                 */
                at: string;
                /**
                 * @description The id of the operator's key
                 * @example 4fQz8LrT1cXa
                 */
                by: string;
                /** @constant */
                kind: "void";
                /**
                 * @description Why, in the operator's words
                 * @example The price was a slip of the pen
                 */
                reason: string;
                /**
                 * @description Under which rule
                 * @example House rules 4.2: palpable errors
                 */
                rule: string;
                /** @description What it moved in the ledger */
                transfers: {
                    /** @description They sum to zero */
                    entries: {
                        /**
                         * @description The kind of account: the player's cash and held stakes, the house's book, …
                         * @example player_cash
                         */
                        account: string;
                        /**
                         * @description Above zero it receives, below zero it gives
                         * @example 810
                         */
                        amountMinor: number;
                    }[];
                    /**
                     * @description stake, settlement, reversal, void, …
                     * @example settlement
                     */
                    kind: string;
                    /**
                     * Format: date-time
                     * @description When it moved
                     * @example 2025-09-20T13:31:00.000Z
                     */
                    occurredAt: string;
                    /**
                     * Format: uuid
                     * @description Names it in the ledger
                     * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d70
                     */
                    transferId: string;
                }[];
                /**
                 * @description 0 for the placement; each thing that became of the bet has the next
                 * @example 1
                 */
                version: number;
            })[];
        };
        /** @description A page of a player's bets, the latest first */
        BetList: {
            items: {
                /**
                 * @description The bet
                 * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e
                 */
                betId: string;
                /**
                 * @description ISO 4217
                 * @example EUR
                 */
                currency: string;
                legs: {
                    /**
                     * @description Away side
                     * @example Everton
                     */
                    away: string;
                    /**
                     * @description Whose price
                     * @example bet365
                     */
                    book: string;
                    /**
                     * @description Name of the competition
                     * @example England: Premier League
                     */
                    competition: string;
                    /**
                     * @description The event
                     * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                     */
                    eventId: string;
                    /** @description The exact price it was taken at, stake included */
                    fraction: {
                        /** @example 50 */
                        denominator: string;
                        /** @example 81 */
                        numerator: string;
                    };
                    /**
                     * @description Home side
                     * @example Liverpool
                     */
                    home: string;
                    /**
                     * @description As in Odds, empty for known markets
                     * @example
                     */
                    label: string;
                    /** @example 1 */
                    legNumber: number;
                    /**
                     * @description The line in quarter units, null where there is none
                     * @example null
                     */
                    lineQuarters: number | null;
                    /**
                     * @description In the normal form
                     * @example 1x2
                     */
                    marketType: string;
                    /**
                     * @description What happens, in the normal form
                     * @example home
                     */
                    outcome: string;
                    /**
                     * @description The stretch of play that decides
                     * @example regulation
                     */
                    period: string;
                    /**
                     * @description Of the result it was graded by
                     * @example null
                     */
                    resultVersion: number | null;
                    /**
                     * Format: date-time
                     * @description Planned start when the bet was placed
                     * @example 2025-09-20T11:30:00.000Z
                     */
                    startsAt: string;
                    /**
                     * @description `open` until it is graded, and for good where the bet was decided without it
                     * @example open
                     * @enum {string}
                     */
                    state: "open" | "won" | "lost" | "void" | "half_won" | "half_lost";
                }[];
                /**
                 * @description Of the tenant's limits that were in force; null while it had set none
                 * @example 3
                 */
                limitsVersion: number | null;
                /**
                 * Format: date-time
                 * @description When it was placed
                 * @example 2025-09-20T10:59:00.000Z
                 */
                placedAt: string;
                /**
                 * @description What it returns if all legs win, stake included
                 * @example 810
                 */
                potentialReturnMinor: number;
                /**
                 * @description What it has returned; null while it is not settled
                 * @example null
                 */
                returnMinor: number | null;
                /**
                 * @description Of the house rules it stands under
                 * @example 1
                 */
                rulesVersion: number;
                /**
                 * Format: date-time
                 * @example null
                 */
                settledAt: string | null;
                /**
                 * @description Minor units of the currency
                 * @example 500
                 */
                stakeMinor: number;
                /**
                 * @description `quarantined`: it could not be settled, and waits for an operator with its stake held
                 * @example open
                 * @enum {string}
                 */
                state: "open" | "settled" | "void" | "quarantined";
                terms: {
                    /**
                     * @description As it was asked for
                     * @example none
                     * @enum {string}
                     */
                    priceChange: "none" | "better" | "any" | "slippage";
                    /** @example 200 */
                    slippageBps?: number;
                };
                /**
                 * @description Why an operator has given the stake back; null unless the bet is void
                 * @example null
                 */
                void: {
                    /**
                     * Format: date-time
                     * @description When
                     * @example 2025-09-20T12:00:00.000Z
                     */
                    at: string;
                    /** @example The price was a slip of the pen */
                    reason: string;
                    /** @example House rules 4.2: palpable errors */
                    rule: string;
                } | null;
            }[];
            /**
             * @description Pass as cursor for the next page; null on the last
             * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e
             */
            next: string | null;
        };
        /** @description A bet to place */
        BetToPlace: {
            /**
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /** @description One leg is a single, 2 to 20 are an accumulator: its price is their product */
            legs: {
                /**
                 * @description Whose price, as in Odds
                 * @example bet365
                 */
                book: string;
                /**
                 * @description The event
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
                /** @description The exact price, stake included, as `fraction` of an outcome of Odds */
                fraction: {
                    /** @example 50 */
                    denominator: string;
                    /** @example 81 */
                    numerator: string;
                };
                /**
                 * @description As in Odds, empty for known markets
                 * @example
                 */
                label: string;
                /**
                 * @description The line in quarter units, null where there is none
                 * @example null
                 */
                lineQuarters: number | null;
                /**
                 * @description In the normal form
                 * @example 1x2
                 */
                marketType: string;
                /**
                 * @description What happens, in the normal form
                 * @example home
                 */
                outcome: string;
                /**
                 * @description The stretch of play that decides
                 * @example regulation
                 */
                period: string;
            }[];
            /**
             * @description What to do where a price has moved: `none` refuses, `better` takes a higher one, `any` takes all, `slippage` takes what is within slippageBps. The price taken is always the one offered. `none` when left out
             * @example better
             * @enum {string}
             */
            priceChange?: "none" | "better" | "any" | "slippage";
            /**
             * @description With slippage alone, and then required: how much of the winnings at the price shown may be gone, in basis points. The least price is 1 + (price − 1) × (1 − slippageBps / 10000), for each leg
             * @example 200
             */
            slippageBps?: number;
            /**
             * @description Minor units of the currency
             * @example 500
             */
            stakeMinor: number;
        };
        /** @description Why a bet is void */
        BetVoid: {
            /**
             * @description Why, in words the player may read
             * @example The price was a slip of the pen
             */
            reason: string;
            /**
             * @description Under which rule
             * @example House rules 4.2: palpable errors
             */
            rule: string;
        };
        /** @description Bets of an event that are void, by when and on what they were placed */
        BetsToCancel: {
            /**
             * @description The source's own name, of a market of type unknown
             * @example Race to 3 corners
             */
            label?: string;
            /**
             * @description The line in quarters, of a market type
             * @example 10
             */
            lineQuarters?: number;
            /**
             * @description The market type; any, unless given
             * @example total
             */
            marketType?: string;
            /**
             * @description What was bet on
             * @example over
             */
            outcome?: string;
            /**
             * @description Of the market
             * @example regulation
             */
            period?: string;
            /**
             * Format: date-time
             * @description And before this one; until the end, unless given
             * @example 2025-09-20T12:05:00.000Z
             */
            placedBefore?: string;
            /**
             * Format: date-time
             * @description Bets placed from this moment on; ever, unless given
             * @example 2025-09-20T12:00:00.000Z
             */
            placedFrom?: string;
            /**
             * @description Why they do not count
             * @example incorrect_odds
             * @enum {string}
             */
            reason: "other" | "no_goalscorer" | "correct_score_missing" | "result_unverifiable" | "format_change" | "cancelled_event" | "missing_goalscorer" | "walkover" | "dead_heat" | "retired_or_defaulted" | "abandoned" | "postponed" | "incorrect_odds" | "incorrect_statistics" | "no_result_assignable" | "starting_pitcher_changed";
            /**
             * @description Under which rule, in words the player may read
             * @example House rules 4.2: palpable errors
             */
            rule: string;
        };
        /** @description What a tenant's bets are bounded by. Where no row speaks, small limits built in hold */
        BettingLimits: {
            /**
             * @description Whether any bet is taken
             * @example true
             */
            bettingOpen: boolean;
            limits: {
                /**
                 * @description ISO 4217
                 * @example EUR
                 */
                currency: string;
                /**
                 * @description What may be lost on one event, in minor units; null bounds nothing
                 * @example 10000000
                 */
                eventExposureMaxMinor?: number | null;
                /**
                 * @description The event, with that scope; with market and outcome any where null
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId?: string | null;
                /**
                 * @description Of the market; any where null
                 * @example null
                 */
                label?: string | null;
                /**
                 * @description Of the market; any where null
                 * @example null
                 */
                lineQuarters?: number | null;
                /**
                 * @description The market type, with the scopes market and outcome
                 * @example null
                 */
                marketType?: string | null;
                /**
                 * @description The outcome, with that scope alone
                 * @example null
                 */
                outcome?: string | null;
                /**
                 * @description What may be lost on one outcome, in minor units; null bounds nothing
                 * @example 5000000
                 */
                outcomeExposureMaxMinor?: number | null;
                /**
                 * @description The largest potential return of one bet, in minor units; null bounds nothing
                 * @example 5000000
                 */
                payoutMaxMinor?: number | null;
                /**
                 * @description Of the market; any where null
                 * @example null
                 */
                period?: string | null;
                /**
                 * @description The player, with that scope alone
                 * @example null
                 */
                playerId?: string | null;
                /**
                 * @description What the row is about
                 * @example event
                 * @enum {string}
                 */
                scope: "tenant" | "event" | "market" | "outcome" | "player";
                /**
                 * @description The largest stake, in minor units; null bounds nothing
                 * @example 100000
                 */
                stakeMaxMinor?: number | null;
                /**
                 * @description The least stake, in minor units; null bounds nothing
                 * @example 100
                 */
                stakeMinMinor?: number | null;
            }[];
            /**
             * @description Of the whole, 0 while none was saved. A change names the version it was made from
             * @example 3
             */
            version: number;
        };
        /** @description The limits as they were saved */
        BettingLimitsSaved: {
            /**
             * @description Whether any bet is taken
             * @example true
             */
            bettingOpen: boolean;
            limits: {
                /**
                 * @description ISO 4217
                 * @example EUR
                 */
                currency: string;
                /**
                 * @description What may be lost on one event, in minor units; null bounds nothing
                 * @example 10000000
                 */
                eventExposureMaxMinor?: number | null;
                /**
                 * @description The event, with that scope; with market and outcome any where null
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId?: string | null;
                /**
                 * @description Of the market; any where null
                 * @example null
                 */
                label?: string | null;
                /**
                 * @description Of the market; any where null
                 * @example null
                 */
                lineQuarters?: number | null;
                /**
                 * @description The market type, with the scopes market and outcome
                 * @example null
                 */
                marketType?: string | null;
                /**
                 * @description The outcome, with that scope alone
                 * @example null
                 */
                outcome?: string | null;
                /**
                 * @description What may be lost on one outcome, in minor units; null bounds nothing
                 * @example 5000000
                 */
                outcomeExposureMaxMinor?: number | null;
                /**
                 * @description The largest potential return of one bet, in minor units; null bounds nothing
                 * @example 5000000
                 */
                payoutMaxMinor?: number | null;
                /**
                 * @description Of the market; any where null
                 * @example null
                 */
                period?: string | null;
                /**
                 * @description The player, with that scope alone
                 * @example null
                 */
                playerId?: string | null;
                /**
                 * @description What the row is about
                 * @example event
                 * @enum {string}
                 */
                scope: "tenant" | "event" | "market" | "outcome" | "player";
                /**
                 * @description The largest stake, in minor units; null bounds nothing
                 * @example 100000
                 */
                stakeMaxMinor?: number | null;
                /**
                 * @description The least stake, in minor units; null bounds nothing
                 * @example 100
                 */
                stakeMinMinor?: number | null;
            }[];
            /**
             * @description False when a placement that had begun before could not be waited for: it may still be taken
             * @example true
             */
            placementsOver: boolean;
            /**
             * @description Of the whole, 0 while none was saved. A change names the version it was made from
             * @example 3
             */
            version: number;
        };
        /** @description Why a cancellation is taken back */
        CancellationRollback: {
            /**
             * @description Why; it stays in the audit, so that it must not name or describe a person
             * @example goodwill after a display error
             */
            reason: string;
        };
        /** @description What became of a cancellation */
        CancellationStated: {
            /**
             * Format: uuid
             * @description For a rollback
             * @example 01994e0a-3c00-7000-8000-00000000c001
             */
            cancellationId: string;
            /**
             * Format: uuid
             * @description The event
             * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
             */
            eventId: string;
            /**
             * @description `unchanged`: all of it stood just so already
             * @example recorded
             * @enum {string}
             */
            outcome: "recorded" | "unchanged";
            /**
             * @description Of the facts that the tenant's bets are settled by from now on; others may speak of the event too, so that there are gaps
             * @example 4
             */
            version: number;
        };
        /** @description Competitions that have something to show, by sport and name */
        Competitions: {
            items: {
                /**
                 * @description Name
                 * @example England: Premier League
                 */
                competition: string;
                /**
                 * @description Stable id
                 * @example goalserve:1204
                 */
                competitionId: string;
                /**
                 * @description Events to come or under way
                 * @example 10
                 */
                events: number;
                /**
                 * @description Sport
                 * @example soccer
                 */
                sport: string;
            }[];
        };
        /** @description A pause */
        CoolOff: {
            /**
             * @description For how long; a pause under way is never shortened
             * @example 7
             */
            days: number;
        };
        /** @description A pause under way */
        CoolingOff: {
            /**
             * Format: date-time
             * @description Neither bets nor deposits before then
             * @example 2025-09-26T12:00:00.000Z
             */
            coolingOffUntil: string;
        };
        /** @description Credentials */
        Credentials: {
            /** @example ada@example.org */
            email: string;
            /** @example correct horse battery */
            password: string;
        };
        /** @description A page of the entries of a player's account, the newest first */
        EntryList: {
            /**
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /**
             * @description Decimals of the minor unit (ISO 4217): 5000 minor units are 50.00 EUR, 5000 JPY or 5.000 KWD
             * @example 2
             */
            exponent: number;
            items: {
                /**
                 * @description In minor units: above zero came in, below zero went out
                 * @example 5000
                 */
                amountMinor: number;
                /**
                 * Format: date-time
                 * @description When
                 * @example 2025-09-19T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description What was there after it, by the entries up to this one in order of time
                 * @example 5000
                 */
                balanceMinor: number;
                /**
                 * Format: uuid
                 * @description The bet that it is of, from its stake to what became of it; null for deposits, withdrawals and adjustments
                 * @example 01994e0a-3c00-7000-8000-0000000000b1
                 */
                betId: string | null;
                /**
                 * @description What moved the money
                 * @example deposit
                 * @enum {string}
                 */
                kind: "deposit" | "withdrawal" | "adjustment" | "stake" | "settlement" | "void" | "reversal" | "write_off";
                /**
                 * Format: uuid
                 * @description Names the transfer: all of its entries, on whatever account
                 * @example 019961d8-7600-7c41-8a57-5e0f3f0b6a10
                 */
                transferId: string;
            }[];
            /**
             * @description Pass as cursor for the next page; null on the last
             * @example 019961d8-7600-7c41-8a57-5e0f3f0b6a10
             */
            next: string | null;
        };
        /** @description A fixture */
        Event: {
            /**
             * @description Away side
             * @example Everton
             */
            away: string;
            /**
             * @description Name of the competition
             * @example England: Premier League
             */
            competition: string;
            /**
             * @description Stable id of the competition
             * @example goalserve:1204
             */
            competitionId: string;
            /**
             * Format: uuid
             * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
             */
            eventId: string;
            /**
             * @description Home side
             * @example Liverpool
             */
            home: string;
            /**
             * @description Sport
             * @example soccer
             */
            sport: string;
            /**
             * Format: date-time
             * @description Planned start
             * @example 2025-09-20T11:30:00.000Z
             */
            startsAt: string;
            /**
             * @description Where the event is in its life
             * @example scheduled
             * @enum {string}
             */
            status: "scheduled" | "delayed" | "live" | "interrupted" | "ended" | "postponed" | "abandoned" | "cancelled" | "walkover" | "unknown";
        };
        /** @description What is known of an event, as the tenant's bets are settled by it */
        EventFacts: {
            /**
             * Format: uuid
             * @description The event
             * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
             */
            eventId: string;
            /** @description What holds, each name once: the tenant's own word before what is said for all */
            facts: {
                /**
                 * @description The operator key that said it
                 * @example 4fQz8LrT1cXa
                 */
                actor: string | null;
                /**
                 * @description Of a cancellation, as it was asked for
                 * @example {
                 *       "reason": "incorrect_odds",
                 *       "rule": "House rules 4.2: palpable errors"
                 *     }
                 */
                cancellation?: {
                    [key: string]: unknown;
                };
                /**
                 * @description `live` or `confirmed`, where it is told
                 * @example confirmed
                 */
                certainty: string | null;
                /**
                 * @description What it is about
                 * @example count
                 * @enum {string}
                 */
                fact: "status" | "start" | "count" | "winner" | "goal" | "player" | "retired" | "bout" | "pitcher" | "played" | "withdrawn" | "cancelled";
                /**
                 * @description False while it can still grow
                 * @example true
                 */
                final: boolean;
                /**
                 * Format: date-time
                 * @description When it became known here
                 * @example 2025-09-20T13:26:00.000Z
                 */
                knownAt: string;
                /**
                 * @description The stretch of play
                 * @example regulation
                 */
                period: string | null;
                /**
                 * @description It is claimed no longer
                 * @example false
                 */
                retracted: boolean;
                /**
                 * @description Said for all, or by an operator for this tenant's bets alone
                 * @example tenant
                 * @enum {string}
                 */
                scope: "all" | "tenant";
                /**
                 * @description The side
                 * @example home
                 * @enum {string|null}
                 */
                side: "home" | "away" | null;
                /**
                 * @description A feed, or `operator`
                 * @example operator
                 */
                source: string;
                /**
                 * @description What is counted
                 * @example corners
                 */
                statistic: string | null;
                /**
                 * @description A goal's number or `all`, a name, the id of a cancellation, or empty
                 * @example
                 */
                subject: string;
                /**
                 * Format: date-time
                 * @description When it was true
                 * @example 2025-09-20T13:25:00.000Z
                 */
                trueAt: string;
                /**
                 * @description What is claimed, as operators write it; null of what is retracted
                 * @example 7
                 */
                value: number | string | null;
                /**
                 * @description Of the statement
                 * @example 4
                 */
                version: number;
            }[];
            /**
             * @description There are older ones than are listed
             * @example false
             */
            moreStatements: boolean;
            /** @description Who said what and when, the newest first, at most 200 */
            statements: {
                /**
                 * @description The operator key that said it
                 * @example 4fQz8LrT1cXa
                 */
                actor: string | null;
                /**
                 * @description `live` or `confirmed`, where it is told
                 * @example confirmed
                 */
                certainty: string | null;
                /** @description What of it was news */
                claims: {
                    /**
                     * @description Of a cancellation, as it was asked for
                     * @example {
                     *       "reason": "incorrect_odds",
                     *       "rule": "House rules 4.2: palpable errors"
                     *     }
                     */
                    cancellation?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description What it is about
                     * @example count
                     * @enum {string}
                     */
                    fact: "status" | "start" | "count" | "winner" | "goal" | "player" | "retired" | "bout" | "pitcher" | "played" | "withdrawn" | "cancelled";
                    /**
                     * @description False while it can still grow
                     * @example true
                     */
                    final: boolean;
                    /**
                     * @description The stretch of play
                     * @example regulation
                     */
                    period: string | null;
                    /**
                     * @description It is claimed no longer
                     * @example false
                     */
                    retracted: boolean;
                    /**
                     * @description The side
                     * @example home
                     * @enum {string|null}
                     */
                    side: "home" | "away" | null;
                    /**
                     * @description What is counted
                     * @example corners
                     */
                    statistic: string | null;
                    /**
                     * @description A goal's number or `all`, a name, the id of a cancellation, or empty
                     * @example
                     */
                    subject: string;
                    /**
                     * Format: date-time
                     * @description When it was true
                     * @example 2025-09-20T13:25:00.000Z
                     */
                    trueAt: string;
                    /**
                     * @description What is claimed, as operators write it; null of what is retracted
                     * @example 7
                     */
                    value: number | string | null;
                }[];
                /**
                 * Format: date-time
                 * @description When it became known here
                 * @example 2025-09-20T13:26:00.000Z
                 */
                knownAt: string;
                /**
                 * @description Why an operator said it
                 * @example the feed gave up at half time
                 */
                note: string | null;
                /**
                 * @description Said for all, or by an operator for this tenant's bets alone
                 * @example tenant
                 * @enum {string}
                 */
                scope: "all" | "tenant";
                /**
                 * @description A feed, or `operator`
                 * @example operator
                 */
                source: string;
                /**
                 * @description Of the statement
                 * @example 4
                 */
                version: number;
            }[];
            /**
             * @description How the event stands by these facts; null if nobody has said anything
             * @example ended
             */
            status: string | null;
            /**
             * @description The newest statement looked at, 0 for none
             * @example 4
             */
            version: number;
        };
        /** @description A page of events, by start */
        EventList: {
            items: {
                /**
                 * @description Away side
                 * @example Everton
                 */
                away: string;
                /**
                 * @description Name of the competition
                 * @example England: Premier League
                 */
                competition: string;
                /**
                 * @description Stable id of the competition
                 * @example goalserve:1204
                 */
                competitionId: string;
                /**
                 * Format: uuid
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
                /**
                 * @description Home side
                 * @example Liverpool
                 */
                home: string;
                /**
                 * @description Sport
                 * @example soccer
                 */
                sport: string;
                /**
                 * Format: date-time
                 * @description Planned start
                 * @example 2025-09-20T11:30:00.000Z
                 */
                startsAt: string;
                /**
                 * @description Where the event is in its life
                 * @example scheduled
                 * @enum {string}
                 */
                status: "scheduled" | "delayed" | "live" | "interrupted" | "ended" | "postponed" | "abandoned" | "cancelled" | "walkover" | "unknown";
            }[];
            /**
             * @description Pass as cursor for the next page; null on the last
             * @example MTc1ODM2ODgwMDAwMDAwMA.01994e0a-3c00-7000-8000-0d9c1c2f7a11
             */
            next: string | null;
        };
        /** @description An exclusion from every brand of the deployment */
        Exclusion: {
            /**
             * Format: date-time
             * @description Until when, at every brand; null for good
             * @example 2026-03-19T12:00:00.000Z
             */
            endsAt: string | null;
            /**
             * Format: date-time
             * @description Since when
             * @example 2025-09-19T12:00:00.000Z
             */
            excludedAt: string;
        };
        /** @description A self-exclusion */
        ExclusionRequest: {
            /**
             * @description For how long; there is no way back before
             * @example 6_months
             * @enum {string}
             */
            term: "6_months" | "1_year" | "2_years" | "5_years" | "permanent";
        };
        /** @description What became of an operator's word */
        FactsStated: {
            /**
             * Format: uuid
             * @description The event
             * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
             */
            eventId: string;
            /**
             * @description `unchanged`: all of it stood just so already
             * @example recorded
             * @enum {string}
             */
            outcome: "recorded" | "unchanged";
            /**
             * @description Of the facts that the tenant's bets are settled by from now on; others may speak of the event too, so that there are gaps
             * @example 4
             */
            version: number;
        };
        /** @description What an operator says of an event */
        FactsToState: {
            /**
             * @description As it was seen, or as it was looked at again
             * @example confirmed
             * @enum {string}
             */
            certainty?: "live" | "confirmed";
            /**
             * @description What is claimed, each once
             * @example [
             *       {
             *         "fact": "count",
             *         "period": "regulation",
             *         "side": "home",
             *         "statistic": "corners",
             *         "value": 7
             *       }
             *     ]
             */
            claims: {
                /**
                 * @description What it is about
                 * @example count
                 * @enum {string}
                 */
                fact: "status" | "start" | "count" | "winner" | "goal" | "player" | "retired" | "bout" | "pitcher" | "played" | "withdrawn";
                /**
                 * @description False while a count, or how many goals there are, can still grow
                 * @example true
                 */
                final?: boolean;
                /**
                 * @description Of a goal
                 * @example false
                 */
                ownGoal?: boolean;
                /**
                 * @description The stretch of play, of counts, winners and goals
                 * @example regulation
                 */
                period?: string;
                /**
                 * @description It is claimed no longer: what is said for all holds again. Then without a value
                 * @example false
                 */
                retract?: boolean;
                /**
                 * @description The side, of counts, goals, players and pitchers
                 * @example home
                 * @enum {string}
                 */
                side?: "home" | "away";
                /**
                 * @description What is counted; of counts alone
                 * @example corners
                 */
                statistic?: string;
                /**
                 * @description A goal's number from 1, or `all` for how many there are; the name of a player or a runner
                 * @example 1
                 */
                subject?: string;
                /**
                 * Format: date-time
                 * @description When it was true; now, unless given
                 * @example 2025-09-20T13:25:00.000Z
                 */
                trueAt?: string;
                /**
                 * @description Of the venue's local time, to the east; of a start
                 * @example 60
                 */
                utcOffsetMinutes?: number;
                /**
                 * @description What is claimed: a count; a status; `home`, `away` or `draw`; a time; a name; how far a bout went as `3:120`; how much was played as `5.5`; a price as `4.5`
                 * @example 7
                 */
                value?: number | string;
            }[];
            /**
             * @description Why; it stays in the audit, so that it must not name or describe a person
             * @example goodwill after a display error
             */
            reason: string;
        };
        /** @description How this process is; says nothing of the database */
        Health: {
            /** @example true */
            ok: boolean;
            /**
             * @description healthy, ready or draining
             * @example healthy
             */
            status: string;
        };
        /** @description House rules: by what bets are settled */
        HouseRules: {
            /**
             * @description The whole, as it was published and as bets are settled by it
             * @example {
             *       "postponed": {
             *         "default": {
             *           "play_within_hours": 24
             *         },
             *         "soccer": {
             *           "play_within_hours": 48
             *         }
             *       }
             *     }
             */
            document: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description Since then they have not changed, and never will
             * @example 2026-11-27T00:00:00.000Z
             */
            publishedAt: string;
            /** @description Rule by rule, from what every bet may meet to what few do */
            rules: {
                /**
                 * @description The sport or market type it is for; null for all that no other rule of the section is for
                 * @example soccer
                 */
                for: string | null;
                /**
                 * @description As it was published
                 * @example {
                 *       "play_within_hours": 48
                 *     }
                 */
                says: unknown;
                /**
                 * @description Of the document
                 * @example postponed
                 */
                section: string;
                /**
                 * @description The same in plain words
                 * @example A match that is put off stands if it begins within 48 hours of its planned start; otherwise it returns the stake.
                 */
                text: string;
            }[];
            /**
             * @description Their number, which every bet placed under them carries as rulesVersion
             * @example 2
             */
            rulesVersion: number;
        };
        /** @description A player, as operators list them: who it is stays with the player */
        ListedPlayer: {
            /**
             * Format: date-time
             * @description Neither bets nor deposits before then; null without a pause
             * @example 2025-09-26T12:00:00.000Z
             */
            coolingOffUntil: string | null;
            /**
             * @description ISO 3166-1 alpha-2; null while it is not known
             * @example MT
             */
            country: string | null;
            /**
             * @description ISO 4217, of the wallet
             * @example EUR
             */
            currency: string;
            /**
             * Format: date-time
             * @description Neither bets nor withdrawals since then, until it is lifted; null while not so
             * @example 2025-09-22T08:00:00.000Z
             */
            frozenSince: string | null;
            /**
             * Format: uuid
             * @example 01994e0a-3c00-7000-8000-00000000000b
             */
            playerId: string;
            /**
             * Format: date-time
             * @example 2025-09-19T12:00:00.000Z
             */
            registeredAt: string;
            /**
             * @description Only a verified player may deposit or bet
             * @example verified
             * @enum {string}
             */
            state: "unverified" | "verified" | "excluded" | "closed";
        };
        /** @description A web app manifest */
        Manifest: {
            /**
             * @description sRGB, with or without alpha
             * @example #ffffff
             */
            background_color: string;
            /**
             * @description Shown without browser controls
             * @example standalone
             * @constant
             */
            display: "standalone";
            icons: {
                purpose: string;
                sizes: string;
                src: string;
            }[];
            /** @example Super Sports */
            name: string;
            /** @example Super Sports */
            short_name: string;
            /** @example / */
            start_url: string;
            /**
             * @description sRGB, with or without alpha
             * @example #0b5fff
             */
            theme_color: string;
        };
        /** @description Money that was moved */
        MoneyMoved: {
            /**
             * @description As the wallet has it: above zero came in, below zero went out
             * @example 5000
             */
            amountMinor: number;
            /**
             * Format: date-time
             * @description When
             * @example 2025-09-19T12:00:00.000Z
             */
            at: string;
            /**
             * @description What moved the money
             * @example deposit
             * @enum {string}
             */
            kind: "deposit" | "withdrawal" | "adjustment" | "stake" | "settlement" | "void" | "reversal" | "write_off";
            /**
             * Format: uuid
             * @description Whose
             * @example 01994e0a-3c00-7000-8000-00000000000b
             */
            playerId: string;
            /**
             * Format: uuid
             * @description Names the transfer: all of its entries, on whatever account
             * @example 019961d8-7600-7c41-8a57-5e0f3f0b6a10
             */
            transferId: string;
            /** @description What the player had after it */
            wallet: {
                /**
                 * @description Given by the house, not to be withdrawn
                 * @example 0
                 */
                bonusMinor: number;
                /**
                 * @description To bet with or to withdraw, in minor units
                 * @example 5000
                 */
                cashMinor: number;
                /**
                 * @description ISO 4217
                 * @example EUR
                 */
                currency: string;
                /**
                 * @description Decimals of the minor unit (ISO 4217): 5000 minor units are 50.00 EUR, 5000 JPY or 5.000 KWD
                 * @example 2
                 */
                exponent: number;
                /**
                 * @description Held by open bets
                 * @example 0
                 */
                heldMinor: number;
            };
        };
        /** @description Every price of an event, as this tenant offers it */
        Odds: {
            /**
             * @description How old expired prices are; null while they are not expired, or when their age is not known
             * @example 412
             */
            ageSeconds: number | null;
            /**
             * Format: date-time
             * @description When the source of these prices last answered well; null if it never did
             * @example 2025-09-20T11:00:00.000Z
             */
            confirmedAt: string | null;
            /** @description A fixture */
            event: {
                /**
                 * @description Away side
                 * @example Everton
                 */
                away: string;
                /**
                 * @description Name of the competition
                 * @example England: Premier League
                 */
                competition: string;
                /**
                 * @description Stable id of the competition
                 * @example goalserve:1204
                 */
                competitionId: string;
                /**
                 * Format: uuid
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
                /**
                 * @description Home side
                 * @example Liverpool
                 */
                home: string;
                /**
                 * @description Sport
                 * @example soccer
                 */
                sport: string;
                /**
                 * Format: date-time
                 * @description Planned start
                 * @example 2025-09-20T11:30:00.000Z
                 */
                startsAt: string;
                /**
                 * @description Where the event is in its life
                 * @example scheduled
                 * @enum {string}
                 */
                status: "scheduled" | "delayed" | "live" | "interrupted" | "ended" | "postponed" | "abandoned" | "cancelled" | "walkover" | "unknown";
            };
            /** @description The prices are older than is allowed, or the event no longer takes bets: all are suspended */
            expired: boolean;
            markets: {
                /**
                 * @description Whose prices
                 * @example bet365
                 */
                book: string;
                /**
                 * @description The source's own name of an unknown market, else empty
                 * @example
                 */
                label: string;
                /**
                 * @description The line for showing
                 * @example -1.25
                 */
                line: string | null;
                /**
                 * @description The line in quarter units
                 * @example -5
                 */
                lineQuarters: number | null;
                /**
                 * @description In the normal form; unknown for what the catalogue does not know
                 * @example 1x2
                 */
                marketType: string;
                outcomes: {
                    /** @description The exact price, stake included, whatever the odds format: the tenant's margin is in it, and a bet is placed at exactly this */
                    fraction: {
                        /** @example 50 */
                        denominator: string;
                        /** @example 81 */
                        numerator: string;
                    };
                    /**
                     * @description What happens, in the normal form
                     * @example home
                     */
                    outcome: string;
                    /**
                     * @description For showing, in the tenant's odds format: decimal with the stake (1.62), American (-162, never promising more than is paid) or fractional without the stake (31/50)
                     * @example 1.62
                     */
                    price: string;
                    /** @description Shown, and not to be bet on */
                    suspended: boolean;
                }[];
                /**
                 * @description The stretch of play that decides
                 * @example regulation
                 */
                period: string;
            }[];
            /**
             * @description How the tenant has its prices written
             * @example decimal
             * @enum {string}
             */
            oddsFormat: "decimal" | "american" | "fractional";
        };
        /** @description A page of events with all their prices, by start */
        OddsList: {
            items: {
                /**
                 * @description How old expired prices are; null while they are not expired, or when their age is not known
                 * @example 412
                 */
                ageSeconds: number | null;
                /**
                 * Format: date-time
                 * @description When the source of these prices last answered well; null if it never did
                 * @example 2025-09-20T11:00:00.000Z
                 */
                confirmedAt: string | null;
                /** @description A fixture */
                event: {
                    /**
                     * @description Away side
                     * @example Everton
                     */
                    away: string;
                    /**
                     * @description Name of the competition
                     * @example England: Premier League
                     */
                    competition: string;
                    /**
                     * @description Stable id of the competition
                     * @example goalserve:1204
                     */
                    competitionId: string;
                    /**
                     * Format: uuid
                     * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                     */
                    eventId: string;
                    /**
                     * @description Home side
                     * @example Liverpool
                     */
                    home: string;
                    /**
                     * @description Sport
                     * @example soccer
                     */
                    sport: string;
                    /**
                     * Format: date-time
                     * @description Planned start
                     * @example 2025-09-20T11:30:00.000Z
                     */
                    startsAt: string;
                    /**
                     * @description Where the event is in its life
                     * @example scheduled
                     * @enum {string}
                     */
                    status: "scheduled" | "delayed" | "live" | "interrupted" | "ended" | "postponed" | "abandoned" | "cancelled" | "walkover" | "unknown";
                };
                /** @description The prices are older than is allowed, or the event no longer takes bets: all are suspended */
                expired: boolean;
                markets: {
                    /**
                     * @description Whose prices
                     * @example bet365
                     */
                    book: string;
                    /**
                     * @description The source's own name of an unknown market, else empty
                     * @example
                     */
                    label: string;
                    /**
                     * @description The line for showing
                     * @example -1.25
                     */
                    line: string | null;
                    /**
                     * @description The line in quarter units
                     * @example -5
                     */
                    lineQuarters: number | null;
                    /**
                     * @description In the normal form; unknown for what the catalogue does not know
                     * @example 1x2
                     */
                    marketType: string;
                    outcomes: {
                        /** @description The exact price, stake included, whatever the odds format: the tenant's margin is in it, and a bet is placed at exactly this */
                        fraction: {
                            /** @example 50 */
                            denominator: string;
                            /** @example 81 */
                            numerator: string;
                        };
                        /**
                         * @description What happens, in the normal form
                         * @example home
                         */
                        outcome: string;
                        /**
                         * @description For showing, in the tenant's odds format: decimal with the stake (1.62), American (-162, never promising more than is paid) or fractional without the stake (31/50)
                         * @example 1.62
                         */
                        price: string;
                        /** @description Shown, and not to be bet on */
                        suspended: boolean;
                    }[];
                    /**
                     * @description The stretch of play that decides
                     * @example regulation
                     */
                    period: string;
                }[];
                /**
                 * @description How the tenant has its prices written
                 * @example decimal
                 * @enum {string}
                 */
                oddsFormat: "decimal" | "american" | "fractional";
            }[];
            /**
             * @description Pass as cursor for the next page; null on the last
             * @example MTc1ODM2ODgwMDAwMDAwMA.01994e0a-3c00-7000-8000-0d9c1c2f7a11
             */
            next: string | null;
        };
        /** @description Limits to set for a player; those not named stay as they are */
        OperatorLimitsChange: {
            items: {
                /**
                 * @description In minor units; null takes the limit away
                 * @example 10000
                 */
                amountMinor: number | null;
                /**
                 * @description Money paid in, money staked, or stakes less what came back of them
                 * @example deposit
                 * @enum {string}
                 */
                kind: "deposit" | "stake" | "loss";
                /**
                 * @description The last 24 hours, 7 days or 30 days, rolling
                 * @example day
                 * @enum {string}
                 */
                period: "day" | "week" | "month";
            }[];
            /**
             * @description Why; it stays in the audit, so that it must not name or describe a person
             * @example goodwill after a display error
             */
            reason: string;
        };
        /** @description Money that was paid in, or is to be paid out */
        Payment: {
            /**
             * @description In minor units
             * @example 5000
             */
            amountMinor: number;
            /**
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /**
             * @description The payment's name at whoever made it; kept in the audit
             * @example psp-7781
             */
            reference?: string;
        };
        /** @description A player, as the player sees it */
        Player: {
            /**
             * @description Address; null while none is known
             * @example 12 St James's Square
             */
            address: string | null;
            /**
             * Format: date-time
             * @description Neither bets nor deposits before then; null without a pause
             * @example 2025-09-26T12:00:00.000Z
             */
            coolingOffUntil: string | null;
            /**
             * @description ISO 3166-1 alpha-2; null while it is not known
             * @example MT
             */
            country: string | null;
            /**
             * @description ISO 4217, of the player's wallet
             * @example EUR
             */
            currency: string;
            /**
             * Format: date
             * @description Date of birth; null once the person was erased
             * @example 1990-12-10
             */
            dateOfBirth: string | null;
            /**
             * @description E-mail; null once the person was erased
             * @example ada@example.org
             */
            email: string | null;
            /**
             * Format: date-time
             * @description Neither bets nor withdrawals since then, as a corrected result left a debt; null while not so
             * @example 2025-09-22T08:00:00.000Z
             */
            frozenSince: string | null;
            /**
             * @description Name; null once the person was erased
             * @example Ada Lovelace
             */
            fullName: string | null;
            /**
             * Format: uuid
             * @description The player
             * @example 01994e0a-3c00-7000-8000-00000000000b
             */
            playerId: string;
            /**
             * Format: date-time
             * @description Since when
             * @example 2025-09-19T12:00:00.000Z
             */
            registeredAt: string;
            /**
             * @description Only a verified player may deposit or bet
             * @example verified
             * @enum {string}
             */
            state: "unverified" | "verified" | "excluded" | "closed";
        };
        /** @description A player's own limits, all of them */
        PlayerLimits: {
            /**
             * @description ISO 4217, of all amounts
             * @example EUR
             */
            currency: string;
            items: {
                /**
                 * @description What holds now, in minor units; null is no limit
                 * @example 10000
                 */
                amountMinor: number | null;
                /**
                 * @description Money paid in, money staked, or stakes less what came back of them
                 * @example deposit
                 * @enum {string}
                 */
                kind: "deposit" | "stake" | "loss";
                /** @description What was decided and does not hold yet; null when nothing was */
                next: {
                    /**
                     * @description What holds from then on; null is no limit
                     * @example 10000
                     */
                    amountMinor: number | null;
                    /**
                     * Format: date-time
                     * @description From when
                     * @example 2025-09-20T12:00:00.000Z
                     */
                    from: string;
                } | null;
                /**
                 * @description The last 24 hours, 7 days or 30 days, rolling
                 * @example day
                 * @enum {string}
                 */
                period: "day" | "week" | "month";
            }[];
        };
        /** @description Limits to set; those not named stay as they are */
        PlayerLimitsChange: {
            items: {
                /**
                 * @description In minor units; null takes the limit away
                 * @example 10000
                 */
                amountMinor: number | null;
                /**
                 * @description Money paid in, money staked, or stakes less what came back of them
                 * @example deposit
                 * @enum {string}
                 */
                kind: "deposit" | "stake" | "loss";
                /**
                 * @description The last 24 hours, 7 days or 30 days, rolling
                 * @example day
                 * @enum {string}
                 */
                period: "day" | "week" | "month";
            }[];
        };
        /** @description A page of players, the newest first */
        PlayerList: {
            items: {
                /**
                 * Format: date-time
                 * @description Neither bets nor deposits before then; null without a pause
                 * @example 2025-09-26T12:00:00.000Z
                 */
                coolingOffUntil: string | null;
                /**
                 * @description ISO 3166-1 alpha-2; null while it is not known
                 * @example MT
                 */
                country: string | null;
                /**
                 * @description ISO 4217, of the wallet
                 * @example EUR
                 */
                currency: string;
                /**
                 * Format: date-time
                 * @description Neither bets nor withdrawals since then, until it is lifted; null while not so
                 * @example 2025-09-22T08:00:00.000Z
                 */
                frozenSince: string | null;
                /**
                 * Format: uuid
                 * @example 01994e0a-3c00-7000-8000-00000000000b
                 */
                playerId: string;
                /**
                 * Format: date-time
                 * @example 2025-09-19T12:00:00.000Z
                 */
                registeredAt: string;
                /**
                 * @description Only a verified player may deposit or bet
                 * @example verified
                 * @enum {string}
                 */
                state: "unverified" | "verified" | "excluded" | "closed";
            }[];
            /**
             * @description Pass as cursor for the next page; null on the last
             * @example MTc1ODI4MzIwMDAwMA.01994e0a-3c00-7000-8000-00000000000b
             */
            next: string | null;
        };
        /** @description A refusal, from a fixed table (RFC 9457) */
        Problem: {
            /**
             * @description Stable name of this kind of problem
             * @example tenant_not_found
             */
            code: string;
            /** @description With request_invalid: what does not match the contract */
            errors?: {
                /**
                 * @description Which part of the request
                 * @example query
                 */
                in: string;
                /**
                 * @description Which parameter or field of it
                 * @example limit
                 */
                name: string;
            }[];
            /**
             * @description Also in X-Request-Id: quote it when asking for help
             * @example 5f2c9a10b7d3e481-2a
             */
            requestId: string;
            /** @example 404 */
            status: number;
            /** @example No such tenant */
            title: string;
            /**
             * @description Where this kind of problem is described
             * @example /docs/problems#tenant_not_found
             */
            type: string;
        };
        /** @description A refresh token */
        RefreshToken: {
            /**
             * @description The last one of the session: each serves once
             * @example lhr.01994e0a-3c00-7000-8000-00000000000c.Zq0c1rXnJ7wYk3vW9mTtP5uB2sLhQeXf8aRiNoDgKyE.uV4bT6yH8mK0pS2wA5dF7gJ9lQ1eR3tYzXcVbNmQwEr
             */
            refreshToken: string;
        };
        /** @description Who wants to bet */
        Registration: {
            /** @example 12 St James's Square */
            address?: string;
            /**
             * @description ISO 3166-1 alpha-2
             * @example MT
             */
            country: string;
            /**
             * @description ISO 4217, of the player's wallet for good; the tenant's own when left out
             * @example EUR
             */
            currency?: string;
            /** @example 1990-12-10 */
            dateOfBirth: string;
            /** @example ada@example.org */
            email: string;
            /** @example Ada Lovelace */
            fullName: string;
            /**
             * @description 10 to 200 characters, and not the e-mail
             * @example correct horse battery
             */
            password: string;
        };
        /** @description A page of results, the latest first, each in its latest version */
        ResultList: {
            items: {
                /**
                 * @description Away side
                 * @example Everton
                 */
                away: string;
                /**
                 * @description Of the away side; null when it is not known
                 * @example 1
                 */
                awayScore: number | null;
                /**
                 * @description Name of the competition
                 * @example England: Premier League
                 */
                competition: string;
                /**
                 * @description Stable id of the competition
                 * @example goalserve:1204
                 */
                competitionId: string;
                /**
                 * Format: uuid
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
                /**
                 * @description Away side at half time; null when it is not known
                 * @example 0
                 */
                halfAwayScore: number | null;
                /**
                 * @description Home side at half time; null when it is not known
                 * @example 2
                 */
                halfHomeScore: number | null;
                /**
                 * @description Home side
                 * @example Liverpool
                 */
                home: string;
                /**
                 * @description Goals, points or sets of the home side; null when it is not known
                 * @example 2
                 */
                homeScore: number | null;
                /**
                 * Format: date-time
                 * @description When this version was recorded
                 * @example 2025-09-20T13:25:00.000Z
                 */
                recordedAt: string;
                /**
                 * @description Sport
                 * @example soccer
                 */
                sport: string;
                /**
                 * Format: date-time
                 * @description Planned start
                 * @example 2025-09-20T11:30:00.000Z
                 */
                startsAt: string;
                /**
                 * @example final
                 * @enum {string}
                 */
                state: "final" | "void";
                /**
                 * @description Grows when a result is corrected
                 * @example 1
                 */
                version: number;
            }[];
            /**
             * @description Pass as cursor for the next page; null on the last
             * @example MTc1ODM2ODgwMDAwMDAwMA.01994e0a-3c00-7000-8000-0d9c1c2f7a11
             */
            next: string | null;
        };
        /** @description A session as whoever signed in holds it */
        Session: {
            /**
             * @description A JWT for `Authorization: Bearer`, for five minutes and for this tenant alone
             * @example eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImsxIn0.e30.c2lnbmF0dXJl
             */
            accessToken: string;
            /**
             * Format: date-time
             * @description When to refresh at the latest
             * @example 2025-09-19T12:05:00.000Z
             */
            accessTokenExpiresAt: string;
            /**
             * Format: uuid
             * @description The player
             * @example 01994e0a-3c00-7000-8000-00000000000b
             */
            playerId: string;
            /**
             * @description Serves once, for the next pair; shown again later it ends the session
             * @example lhr.01994e0a-3c00-7000-8000-00000000000c.Zq0c1rXnJ7wYk3vW9mTtP5uB2sLhQeXf8aRiNoDgKyE.uV4bT6yH8mK0pS2wA5dF7gJ9lQ1eR3tYzXcVbNmQwEr
             */
            refreshToken: string;
            /**
             * Format: date-time
             * @description After which a password is needed; never past 30 days after the sign-in
             * @example 2025-09-26T12:00:00.000Z
             */
            refreshTokenExpiresAt: string;
        };
        /** @description What a tenant decides about settlement */
        SettlementChoice: {
            /**
             * @description What becomes of a balance that a corrected result took below zero: `debt` lets it stand, `write_off` pays it from the tenant's adjustments, `freeze` lets it stand and refuses bets and withdrawals until an operator lifts it
             * @example debt
             * @enum {string}
             */
            negativeBalance: "debt" | "write_off" | "freeze";
            /**
             * @description The published house rules that bets are taken under; null for the newest
             * @example null
             */
            rulesVersion: number | null;
            /**
             * @description Of the whole, 0 while none was saved. A change names the version it was made from
             * @example 0
             */
            version: number;
        };
        /** @description What a tenant has decided about settlement */
        SettlementPolicy: {
            /**
             * @description What becomes of a balance that a corrected result took below zero: `debt` lets it stand, `write_off` pays it from the tenant's adjustments, `freeze` lets it stand and refuses bets and withdrawals until an operator lifts it
             * @example debt
             * @enum {string}
             */
            negativeBalance: "debt" | "write_off" | "freeze";
            /**
             * @description What a bet that is placed now is frozen with
             * @example 2
             */
            rulesInForce: number;
            /**
             * @description The published house rules that bets are taken under; null for the newest
             * @example null
             */
            rulesVersion: number | null;
            /**
             * @description Of the whole, 0 while none was saved. A change names the version it was made from
             * @example 0
             */
            version: number;
        };
        /** @description Sports and competitions that have something to show */
        Sports: {
            items: {
                competitions: {
                    /**
                     * @description Name
                     * @example England: Premier League
                     */
                    competition: string;
                    /**
                     * @description Stable id
                     * @example goalserve:1204
                     */
                    competitionId: string;
                    /**
                     * @description Events to come or under way
                     * @example 10
                     */
                    events: number;
                }[];
                /**
                 * @description Events to come or under way
                 * @example 10
                 */
                events: number;
                /**
                 * @description Sport
                 * @example soccer
                 */
                sport: string;
            }[];
        };
        /** @description A player's next state */
        StateChange: {
            /**
             * @description Why; it stays in the audit, so that it must not name or describe a person
             * @example goodwill after a display error
             */
            reason: string;
            /**
             * @description Only a verified player may deposit or bet
             * @example verified
             * @enum {string}
             */
            state: "unverified" | "verified" | "excluded" | "closed";
        };
        /** @description Data of a delta: what has changed of an event since the message before. Fields of the event's head stand here only when they have changed */
        StreamDelta: {
            /**
             * @description How old expired prices are; null while they are not expired, or when their age is not known
             * @example 412
             */
            ageSeconds?: number | null;
            /** @description Markets with those outcomes alone that are new or have changed: each replaces its own */
            changed: {
                /**
                 * @description Whose prices
                 * @example bet365
                 */
                book: string;
                /**
                 * @description The source's own name of an unknown market, else empty
                 * @example
                 */
                label: string;
                /**
                 * @description The line for showing
                 * @example -1.25
                 */
                line: string | null;
                /**
                 * @description The line in quarter units
                 * @example -5
                 */
                lineQuarters: number | null;
                /**
                 * @description In the normal form; unknown for what the catalogue does not know
                 * @example 1x2
                 */
                marketType: string;
                outcomes: {
                    /** @description The exact price, stake included, whatever the odds format: the tenant's margin is in it, and a bet is placed at exactly this */
                    fraction: {
                        /** @example 50 */
                        denominator: string;
                        /** @example 81 */
                        numerator: string;
                    };
                    /**
                     * @description What happens, in the normal form
                     * @example home
                     */
                    outcome: string;
                    /**
                     * @description For showing, in the tenant's odds format: decimal with the stake (1.62), American (-162, never promising more than is paid) or fractional without the stake (31/50)
                     * @example 1.62
                     */
                    price: string;
                    /** @description Shown, and not to be bet on */
                    suspended: boolean;
                }[];
                /**
                 * @description The stretch of play that decides
                 * @example regulation
                 */
                period: string;
            }[];
            /**
             * Format: date-time
             * @description When the source of these prices last answered well; null if it never did
             * @example 2025-09-20T11:00:00.000Z
             */
            confirmedAt?: string | null;
            /** @description A fixture */
            event?: {
                /**
                 * @description Away side
                 * @example Everton
                 */
                away: string;
                /**
                 * @description Name of the competition
                 * @example England: Premier League
                 */
                competition: string;
                /**
                 * @description Stable id of the competition
                 * @example goalserve:1204
                 */
                competitionId: string;
                /**
                 * Format: uuid
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
                /**
                 * @description Home side
                 * @example Liverpool
                 */
                home: string;
                /**
                 * @description Sport
                 * @example soccer
                 */
                sport: string;
                /**
                 * Format: date-time
                 * @description Planned start
                 * @example 2025-09-20T11:30:00.000Z
                 */
                startsAt: string;
                /**
                 * @description Where the event is in its life
                 * @example scheduled
                 * @enum {string}
                 */
                status: "scheduled" | "delayed" | "live" | "interrupted" | "ended" | "postponed" | "abandoned" | "cancelled" | "walkover" | "unknown";
            };
            /**
             * Format: uuid
             * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
             */
            eventId: string;
            /** @description The prices are older than is allowed, or the event no longer takes bets: all are suspended */
            expired?: boolean;
            /**
             * @description How the tenant has its prices written
             * @example decimal
             * @enum {string}
             */
            oddsFormat?: "decimal" | "american" | "fractional";
            /** @description Outcomes no longer shown; a market is gone with the last of them */
            removed: {
                /**
                 * @description Whose prices
                 * @example bet365
                 */
                book: string;
                /**
                 * @description The source's own name of an unknown market, else empty
                 * @example
                 */
                label: string;
                /**
                 * @description The line in quarter units
                 * @example -5
                 */
                lineQuarters: number | null;
                /**
                 * @description In the normal form; unknown for what the catalogue does not know
                 * @example 1x2
                 */
                marketType: string;
                outcomes: string[];
                /**
                 * @description The stretch of play that decides
                 * @example regulation
                 */
                period: string;
            }[];
        };
        /** @description Data of a dropped, the last of a stream: come back with Last-Event-ID */
        StreamDropped: {
            /**
             * @description Why
             * @example slow_reader
             * @enum {string}
             */
            reason: "slow_reader" | "stopping" | "tenant_gone" | "too_many";
        };
        /** @description Data of a removed: there is nothing of the event to show, until a snapshot of it comes */
        StreamRemoved: {
            /**
             * Format: uuid
             * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
             */
            eventId: string;
        };
        /** @description What is not settled and should be, and why */
        StuckBets: {
            /** @description Bets that settlement has failed on, the oldest first, at most 200 */
            bets: {
                /**
                 * @description How often it was tried
                 * @example 3
                 */
                attempts: number;
                /**
                 * Format: uuid
                 * @description The bet
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7b01
                 */
                betId: string;
                /**
                 * @description Of its stake
                 * @example EUR
                 */
                currency: string;
                /**
                 * @description A stable code: settlement's own, or an SQLSTATE with its constraint
                 * @example account_missing
                 */
                failure: string;
                legs: {
                    /**
                     * @description The away side
                     * @example Chelsea
                     */
                    away: string;
                    /**
                     * @description Its competition
                     * @example Premier League
                     */
                    competition: string;
                    /**
                     * Format: uuid
                     * @description The event
                     * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                     */
                    eventId: string;
                    /**
                     * @description The home side
                     * @example Arsenal
                     */
                    home: string;
                    /**
                     * @description The source's own name of a market of no known type, else empty
                     * @example
                     */
                    label: string;
                    /**
                     * @description From 1
                     * @example 1
                     */
                    legNumber: number;
                    /**
                     * @description The line in quarters, null where there is none
                     * @example 38
                     */
                    lineQuarters: number | null;
                    /**
                     * @description The market
                     * @example corners_total
                     */
                    marketType: string;
                    /**
                     * @description What was bet on
                     * @example over
                     */
                    outcome: string;
                    /**
                     * @description What of the event decides it
                     * @example regulation
                     */
                    period: string;
                    /**
                     * Format: date-time
                     * @description The planned start, as it was when the bet was placed
                     * @example 2025-09-20T11:30:00.000Z
                     */
                    startsAt: string;
                }[];
                /**
                 * Format: date-time
                 * @description When it was placed
                 * @example 2025-09-19T12:00:00.000Z
                 */
                placedAt: string;
                /**
                 * Format: uuid
                 * @description Its player
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7c01
                 */
                playerId: string;
                /**
                 * @description Why, for people to read
                 * @example Its player has no account in its currency
                 */
                reason: string;
                /**
                 * Format: date-time
                 * @description When it is tried again, null for one that is not
                 * @example null
                 */
                retryAt: string | null;
                /**
                 * @description In minor units
                 * @example 500
                 */
                stakeMinor: number;
                /**
                 * @description `quarantined`: it is not tried any more. `open`: it is tried again at `retryAt`. `settled`: by facts that have gone by, as its correction has failed
                 * @example quarantined
                 * @enum {string}
                 */
                state: "quarantined" | "open" | "settled";
            }[];
            /**
             * @description There are more bets than are listed
             * @example false
             */
            moreBets: boolean;
            /**
             * @description There are more outcomes than are listed
             * @example false
             */
            moreOutcomes: boolean;
            /** @description Outcomes that open bets wait for though the event is over, should be, or nothing to come will decide them; the earliest event first, at most 200 */
            outcomes: {
                /**
                 * @description The away side
                 * @example Chelsea
                 */
                away: string;
                /**
                 * @description Open bets that wait for it
                 * @example 12
                 */
                bets: number;
                /**
                 * @description Its competition
                 * @example Premier League
                 */
                competition: string;
                /**
                 * Format: uuid
                 * @description The event
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
                /**
                 * @description How the event stands by its source
                 * @example ended
                 */
                eventStatus: string;
                /**
                 * @description The home side
                 * @example Arsenal
                 */
                home: string;
                /**
                 * @description The source's own name of a market of no known type, else empty
                 * @example
                 */
                label: string;
                /**
                 * @description The line in quarters, null where there is none
                 * @example 38
                 */
                lineQuarters: number | null;
                /**
                 * @description The market
                 * @example corners_total
                 */
                marketType: string;
                /**
                 * @description What was bet on
                 * @example over
                 */
                outcome: string;
                /**
                 * @description What of the event decides it
                 * @example regulation
                 */
                period: string;
                /**
                 * @description Why, for people to read
                 * @example It is not known: corners of regulation
                 */
                reason: string;
                /**
                 * Format: date-time
                 * @description The planned start, as it was when the bet was placed
                 * @example 2025-09-20T11:30:00.000Z
                 */
                startsAt: string;
                /**
                 * @description `fact_missing`, `facts_contradict`, `rule_missing`, `no_grader`, `not_yet`, or `nothing_known` of the whole event
                 * @example fact_missing
                 */
                why: string;
            }[];
        };
        /** @description A tenant's theme. One shape always: a tenant that saved nothing, and one nobody can be asked about, have the built-in neutral values. */
        Theme: {
            /**
             * @description Where the banner is; null when there is none
             * @example https://cdn.supersports.test/banner.jpg
             */
            bannerUrl: string | null;
            betting: {
                /**
                 * @description ISO 4217
                 * @example EUR
                 */
                currency: string;
                /**
                 * @description Largest payout of one bet, in minor units
                 * @example 5000000
                 */
                maxPayoutMinor: number;
                /**
                 * @description Largest stake, in minor units
                 * @example 100000
                 */
                maxStakeMinor: number;
                /**
                 * @description Smallest stake, in minor units
                 * @example 100
                 */
                minStakeMinor: number;
                /**
                 * @description How prices are shown unless the visitor chooses
                 * @example decimal
                 * @enum {string}
                 */
                oddsFormat: "decimal" | "fractional" | "american";
            };
            colors: {
                /**
                 * @description sRGB, with or without alpha
                 * @example #ffb400
                 */
                accent: string;
                /**
                 * @description sRGB, with or without alpha
                 * @example #ffffff
                 */
                background: string;
                /**
                 * @description sRGB, with or without alpha
                 * @example #c62828
                 */
                danger: string;
                /**
                 * @description sRGB, with or without alpha
                 * @example #0b5fff
                 */
                primary: string;
                /**
                 * @description sRGB, with or without alpha
                 * @example #0a2540
                 */
                secondary: string;
                /**
                 * @description sRGB, with or without alpha
                 * @example #12805c
                 */
                success: string;
                /**
                 * @description sRGB, with or without alpha
                 * @example #f4f6fa
                 */
                surface: string;
                /**
                 * @description sRGB, with or without alpha
                 * @example #10141a
                 */
                text: string;
                /**
                 * @description sRGB, with or without alpha
                 * @example #5b6675
                 */
                textMuted: string;
            };
            compliance: {
                /**
                 * @description Must be shown on every page
                 * @example 18+
                 */
                ageMark: string;
                /**
                 * @description Where the brand may take bets (ISO 3166-1)
                 * @example [
                 *       "MT",
                 *       "IE"
                 *     ]
                 */
                countries: string[];
                /**
                 * @description Help with gambling problems; must be shown on every page
                 * @example https://www.gamblingtherapy.org/
                 */
                helpUrl: string;
                /** @example MGA/B2C/000/2026 */
                licenceNumber: string | null;
                /** @example Malta Gaming Authority */
                regulator: string | null;
            };
            contact: {
                /** @example help@supersports.test */
                email: string | null;
                /** @example +44 20 7946 0000 */
                phone: string | null;
            };
            /**
             * @description Where the icon is; null when there is none
             * @example https://cdn.supersports.test/favicon.png
             */
            faviconUrl: string | null;
            features: {
                cashOut: boolean;
                liveBetting: boolean;
                liveChat: boolean;
                promotions: boolean;
                statistics: boolean;
            };
            layout: {
                /**
                 * @description Shape of buttons
                 * @example rounded
                 * @enum {string}
                 */
                buttons: "square" | "rounded" | "pill";
                /**
                 * @description Look of cards
                 * @example outlined
                 * @enum {string}
                 */
                cards: "flat" | "outlined" | "raised";
                /**
                 * @description Corner radius in CSS pixels
                 * @example 8
                 */
                radius: number;
                /**
                 * @description Arrangement of the page
                 * @example modern
                 * @enum {string}
                 */
                style: "classic" | "modern" | "dense";
            };
            logo: {
                /**
                 * @description What it says
                 * @example Super Sports
                 */
                alt: string;
                /**
                 * @description A text logo shows alt
                 * @example image
                 * @enum {string}
                 */
                type: "text" | "image";
                /**
                 * @description Where the image is; null when there is none
                 * @example https://cdn.supersports.test/logo.png
                 */
                url: string | null;
            };
            /**
             * @description What visitors know the brand as
             * @example Super Sports
             */
            name: string;
            social: {
                /**
                 * @description Which network
                 * @example x
                 * @enum {string}
                 */
                network: "facebook" | "instagram" | "x" | "youtube" | "telegram" | "tiktok" | "discord";
                /** @example https://x.com/supersports */
                url: string;
            }[];
            /**
             * @description The slug that was asked for; empty when the Host alone would name it and nobody could be asked
             * @example supersports
             */
            tenant: string;
            texts: {
                /**
                 * @description Footer, plain text
                 * @example Play responsibly.
                 */
                footer: string;
                /**
                 * @description Greeting, plain text
                 * @example Welcome to Super Sports
                 */
                welcome: string;
            };
            typography: {
                /**
                 * @description Body text
                 * @example inter
                 * @enum {string}
                 */
                fontFamily: "system" | "inter" | "roboto" | "lato" | "open-sans" | "montserrat" | "poppins" | "oswald" | "georgia";
                /**
                 * @description Headings
                 * @example oswald
                 * @enum {string}
                 */
                headingFamily: "system" | "inter" | "roboto" | "lato" | "open-sans" | "montserrat" | "poppins" | "oswald" | "georgia";
                /**
                 * @description Size of text as a whole
                 * @example regular
                 * @enum {string}
                 */
                scale: "compact" | "regular" | "large";
            };
            /**
             * @description Grows with every change; 0 while no theme is saved
             * @example 3
             */
            version: number;
        };
        /** @description Why a player may go on */
        Unfreeze: {
            /**
             * @description Why; it stays in the audit, so that it must not name or describe a person
             * @example goodwill after a display error
             */
            reason: string;
        };
        /** @description What a player has */
        Wallet: {
            /**
             * Format: date-time
             * @description The moment it tells of
             * @example 2025-09-19T12:00:00.000Z
             */
            at: string;
            /**
             * @description Given by the house, not to be withdrawn
             * @example 0
             */
            bonusMinor: number;
            /**
             * @description To bet with or to withdraw, in minor units
             * @example 5000
             */
            cashMinor: number;
            /**
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /**
             * @description Decimals of the minor unit (ISO 4217): 5000 minor units are 50.00 EUR, 5000 JPY or 5.000 KWD
             * @example 2
             */
            exponent: number;
            /**
             * @description Held by open bets
             * @example 0
             */
            heldMinor: number;
            /**
             * Format: uuid
             * @description Whose
             * @example 01994e0a-3c00-7000-8000-00000000000b
             */
            playerId: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description Seconds since the load that last confirmed the answer
         * @example 17
         */
        Age: number;
        /**
         * @description How long others may keep the answer
         * @example public, max-age=60, stale-while-revalidate=60, stale-if-error=86400
         */
        CacheControl: string;
        /**
         * @description How this service's own cache came to the answer (RFC 9211)
         * @example linehold; hit; ttl=43
         */
        CacheStatus: string;
        /**
         * @description Names these very bytes
         * @example "2n1XoCDW1EJxUaDpgjBLHHbvLmk"
         */
        ETag: string;
        /**
         * @description Names this request; the caller's own X-Request-Id if it sent one
         * @example 5f2c9a10b7d3e481-2a
         */
        RequestId: string;
        /**
         * @description Seconds after which asking again makes sense
         * @example 2
         */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html>… */
                    "text/html": string;
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocsAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which file
                 * @example swagger-ui.css
                 */
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example .swagger-ui { } */
                    "*/*": string;
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing at this path */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProblems: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html>… */
                    "text/html": string;
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true,
                     *       "status": "healthy"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true,
                     *       "status": "healthy"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    getContract: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.0"
                     *     }
                     */
                    "application/json": Record<string, never>;
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true,
                     *       "status": "ready"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description It is stopping, or an operator drains it */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": false,
                     *       "status": "draining"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    listAuditActs: {
        parameters: {
            query?: {
                /** @description Only what was done to it, as to a player */
                subjectId?: string;
                /**
                 * @description Only this
                 * @example deposit
                 */
                action?: string;
                /**
                 * @description Items on a page
                 * @example 50
                 */
                limit?: number;
                /** @description next of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "actId": "01994e0a-3c00-7000-8000-00000000a001",
                     *           "action": "deposit",
                     *           "actor": {
                     *             "id": "4fQz8LrT1cXa",
                     *             "kind": "operator",
                     *             "name": "cashier desk"
                     *           },
                     *           "at": "2025-09-19T12:00:00.000Z",
                     *           "facts": {
                     *             "amountMinor": 5000,
                     *             "currency": "EUR"
                     *           },
                     *           "subject": {
                     *             "id": "01994e0a-3c00-7000-8000-00000000000b",
                     *             "kind": "player"
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            /** @description The Host header does not name a host; or: The cursor is not one of ours */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExplanationOfBet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The bet
                 * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e
                 */
                betId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The explanation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "betId": "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e",
                     *       "currency": "EUR",
                     *       "failure": null,
                     *       "formula": "stake × the product over all legs of v + (1 − v) · r · h · (1 + (price − 1) · (1 − d))",
                     *       "legs": [
                     *         {
                     *           "away": "Everton",
                     *           "book": "bet365",
                     *           "competition": "England: Premier League",
                     *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *           "home": "Liverpool",
                     *           "label": "",
                     *           "legNumber": 1,
                     *           "lineQuarters": null,
                     *           "marketType": "1x2",
                     *           "outcome": "home",
                     *           "period": "regulation",
                     *           "price": {
                     *             "denominator": "50",
                     *             "numerator": "81"
                     *           },
                     *           "sport": "soccer",
                     *           "startsAt": "2025-09-20T11:30:00.000Z",
                     *           "waitsFor": null
                     *         }
                     *       ],
                     *       "legsSoFar": null,
                     *       "placedAt": "2025-09-20T10:59:00.000Z",
                     *       "returnMinor": 810,
                     *       "rounding": {
                     *         "rule": "nearest_minor_unit_halves_to_player",
                     *         "text": "A return is rounded once, to the nearest minor unit; a half goes to the player."
                     *       },
                     *       "rules": {
                     *         "publishedAt": "2025-01-01T00:00:00.000Z",
                     *         "version": 1
                     *       },
                     *       "stakeMinor": 500,
                     *       "state": "settled",
                     *       "terms": {
                     *         "priceChange": "better"
                     *       },
                     *       "versions": [
                     *         {
                     *           "at": "2025-09-20T10:59:00.000Z",
                     *           "kind": "placed",
                     *           "transfers": [
                     *             {
                     *               "entries": [
                     *                 {
                     *                   "account": "player_cash",
                     *                   "amountMinor": -500
                     *                 },
                     *                 {
                     *                   "account": "stakes_held",
                     *                   "amountMinor": 500
                     *                 }
                     *               ],
                     *               "kind": "stake",
                     *               "occurredAt": "2025-09-20T10:59:00.000Z",
                     *               "transferId": "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6f"
                     *             }
                     *           ],
                     *           "version": 0
                     *         },
                     *         {
                     *           "at": "2025-09-20T13:30:05.000Z",
                     *           "decidedBy": {
                     *             "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *             "factVersion": 1
                     *           },
                     *           "exactReturn": {
                     *             "denominator": "1",
                     *             "numerator": "810"
                     *           },
                     *           "kind": "settled",
                     *           "legs": [
                     *             {
                     *               "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *               "factVersion": 1,
                     *               "factor": {
                     *                 "denominator": "50",
                     *                 "numerator": "81"
                     *               },
                     *               "facts": [
                     *                 {
                     *                   "actor": null,
                     *                   "certainty": "confirmed",
                     *                   "detail": {
                     *                     "status": "ended"
                     *                   },
                     *                   "fact": "status",
                     *                   "final": true,
                     *                   "knownAt": "2025-09-20T13:30:04.000Z",
                     *                   "period": null,
                     *                   "side": null,
                     *                   "source": "goalserve/soccer",
                     *                   "statistic": null,
                     *                   "subject": null,
                     *                   "trueAt": "2025-09-20T13:30:00.000Z",
                     *                   "value": null,
                     *                   "version": 1
                     *                 },
                     *                 {
                     *                   "actor": null,
                     *                   "certainty": "confirmed",
                     *                   "detail": null,
                     *                   "fact": "count",
                     *                   "final": true,
                     *                   "knownAt": "2025-09-20T13:30:04.000Z",
                     *                   "period": "regulation",
                     *                   "side": "home",
                     *                   "source": "goalserve/soccer",
                     *                   "statistic": "score",
                     *                   "subject": null,
                     *                   "trueAt": "2025-09-20T13:30:00.000Z",
                     *                   "value": 2,
                     *                   "version": 1
                     *                 },
                     *                 {
                     *                   "actor": null,
                     *                   "certainty": "confirmed",
                     *                   "detail": null,
                     *                   "fact": "count",
                     *                   "final": true,
                     *                   "knownAt": "2025-09-20T13:30:04.000Z",
                     *                   "period": "regulation",
                     *                   "side": "away",
                     *                   "source": "goalserve/soccer",
                     *                   "statistic": "score",
                     *                   "subject": null,
                     *                   "trueAt": "2025-09-20T13:30:00.000Z",
                     *                   "value": 1,
                     *                   "version": 1
                     *                 }
                     *               ],
                     *               "grade": {
                     *                 "deadHeatFactor": {
                     *                   "denominator": "1",
                     *                   "numerator": "1"
                     *                 },
                     *                 "gradedAt": "2025-09-20T13:30:05.000Z",
                     *                 "reason": "won",
                     *                 "result": 1,
                     *                 "text": "The selection won.",
                     *                 "voidFactor": {
                     *                   "denominator": "1",
                     *                   "numerator": "0"
                     *                 },
                     *                 "winningsDeduction": {
                     *                   "denominator": "1",
                     *                   "numerator": "0"
                     *                 }
                     *               },
                     *               "legNumber": 1,
                     *               "price": {
                     *                 "denominator": "50",
                     *                 "numerator": "81"
                     *               },
                     *               "rules": [
                     *                 {
                     *                   "says": {
                     *                     "extra_time_counts": false,
                     *                     "period": "regulation"
                     *                   },
                     *                   "section": "1x2",
                     *                   "text": "Home, draw and away are decided by regular time, stoppage time included; extra time does not count."
                     *                 }
                     *               ]
                     *             }
                     *           ],
                     *           "product": {
                     *             "denominator": "50",
                     *             "numerator": "81"
                     *           },
                     *           "returnMinor": 810,
                     *           "transfers": [
                     *             {
                     *               "entries": [
                     *                 {
                     *                   "account": "player_cash",
                     *                   "amountMinor": 810
                     *                 },
                     *                 {
                     *                   "account": "stakes_held",
                     *                   "amountMinor": -500
                     *                 },
                     *                 {
                     *                   "account": "house_book",
                     *                   "amountMinor": -310
                     *                 }
                     *               ],
                     *               "kind": "settlement",
                     *               "occurredAt": "2025-09-20T13:30:05.000Z",
                     *               "transferId": "01994e95-1c08-7000-8c1d-3f1a2b4c5d70"
                     *             }
                     *           ],
                     *           "version": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BetExplanation"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such bet */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    voidBet: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own name for what it asks, 1 to 128 printable characters: asking again under the same one does it once
                 * @example 7d3c1a52-3b1e-4a52-9a52-0c1d2e3f4a5b
                 */
                "Idempotency-Key": string;
            };
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The bet
                 * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e
                 */
                betId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The price was a slip of the pen",
                 *       "rule": "House rules 4.2: palpable errors"
                 *     }
                 */
                "application/json": components["schemas"]["BetVoid"];
            };
        };
        responses: {
            /** @description The bet, void */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "betId": "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e",
                     *       "currency": "EUR",
                     *       "legs": [
                     *         {
                     *           "away": "Everton",
                     *           "book": "bet365",
                     *           "competition": "England: Premier League",
                     *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *           "fraction": {
                     *             "denominator": "50",
                     *             "numerator": "81"
                     *           },
                     *           "home": "Liverpool",
                     *           "label": "",
                     *           "legNumber": 1,
                     *           "lineQuarters": null,
                     *           "marketType": "1x2",
                     *           "outcome": "home",
                     *           "period": "regulation",
                     *           "resultVersion": null,
                     *           "startsAt": "2025-09-20T11:30:00.000Z",
                     *           "state": "open"
                     *         }
                     *       ],
                     *       "limitsVersion": 3,
                     *       "placedAt": "2025-09-20T10:59:00.000Z",
                     *       "potentialReturnMinor": 810,
                     *       "returnMinor": null,
                     *       "rulesVersion": 1,
                     *       "settledAt": null,
                     *       "stakeMinor": 500,
                     *       "state": "void",
                     *       "terms": {
                     *         "priceChange": "better"
                     *       },
                     *       "void": {
                     *         "at": "2025-09-20T11:10:00.000Z",
                     *         "reason": "The price was a slip of the pen",
                     *         "rule": "House rules 4.2: palpable errors"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Bet"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read; or: This needs an Idempotency-Key of 1 to 128 printable characters */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such bet */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bet was paid meanwhile; or: A request with this Idempotency-Key is being answered */
            409: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract; or: This Idempotency-Key belongs to another request */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelBetsOfEvent: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own name for what it asks, 1 to 128 printable characters: asking again under the same one does it once
                 * @example 7d3c1a52-3b1e-4a52-9a52-0c1d2e3f4a5b
                 */
                "Idempotency-Key": string;
            };
            path: {
                tenant: string;
                eventId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "marketType": "total",
                 *       "placedBefore": "2025-09-20T12:05:00.000Z",
                 *       "placedFrom": "2025-09-20T12:00:00.000Z",
                 *       "reason": "incorrect_odds",
                 *       "rule": "House rules 4.2: palpable errors"
                 *     }
                 */
                "application/json": components["schemas"]["BetsToCancel"];
            };
        };
        responses: {
            /** @description What became of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "cancellationId": "01994e0a-3c00-7000-8000-00000000c001",
                     *       "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *       "outcome": "recorded",
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["CancellationStated"];
                };
            };
            /** @description The Host header does not name a host; or: This needs an Idempotency-Key of 1 to 128 printable characters; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such event */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request with this Idempotency-Key is being answered */
            409: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract; or: This Idempotency-Key belongs to another request; or: A claim cannot be told */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackCancellation: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own name for what it asks, 1 to 128 printable characters: asking again under the same one does it once
                 * @example 7d3c1a52-3b1e-4a52-9a52-0c1d2e3f4a5b
                 */
                "Idempotency-Key": string;
            };
            path: {
                tenant: string;
                eventId: string;
                cancellationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "the price was right after all"
                 *     }
                 */
                "application/json": components["schemas"]["CancellationRollback"];
            };
        };
        responses: {
            /** @description What became of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "cancellationId": "01994e0a-3c00-7000-8000-00000000c001",
                     *       "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *       "outcome": "recorded",
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["CancellationStated"];
                };
            };
            /** @description The Host header does not name a host; or: This needs an Idempotency-Key of 1 to 128 printable characters; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such event; or: No such cancellation */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request with this Idempotency-Key is being answered */
            409: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract; or: This Idempotency-Key belongs to another request */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEventFacts: {
        parameters: {
            query?: {
                /**
                 * @description As of this statement
                 * @example 4
                 */
                version?: string;
                /**
                 * @description As it was known at this moment
                 * @example 2025-09-20T13:26:00.000Z
                 */
                at?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The event, as in lists of events
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The facts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *       "facts": [
                     *         {
                     *           "actor": "4fQz8LrT1cXa",
                     *           "certainty": "confirmed",
                     *           "fact": "count",
                     *           "final": true,
                     *           "knownAt": "2025-09-20T13:26:00.000Z",
                     *           "period": "regulation",
                     *           "retracted": false,
                     *           "scope": "tenant",
                     *           "side": "home",
                     *           "source": "operator",
                     *           "statistic": "corners",
                     *           "subject": "",
                     *           "trueAt": "2025-09-20T13:25:00.000Z",
                     *           "value": 7,
                     *           "version": 4
                     *         }
                     *       ],
                     *       "moreStatements": false,
                     *       "statements": [
                     *         {
                     *           "actor": "4fQz8LrT1cXa",
                     *           "certainty": "confirmed",
                     *           "claims": [
                     *             {
                     *               "fact": "count",
                     *               "final": true,
                     *               "period": "regulation",
                     *               "retracted": false,
                     *               "side": "home",
                     *               "statistic": "corners",
                     *               "subject": "",
                     *               "trueAt": "2025-09-20T13:25:00.000Z",
                     *               "value": 7
                     *             }
                     *           ],
                     *           "knownAt": "2025-09-20T13:26:00.000Z",
                     *           "note": "the feed gave up at half time",
                     *           "scope": "tenant",
                     *           "source": "operator",
                     *           "version": 4
                     *         }
                     *       ],
                     *       "status": "ended",
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["EventFacts"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such event */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stateEventFacts: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own name for what it asks, 1 to 128 printable characters: asking again under the same one does it once
                 * @example 7d3c1a52-3b1e-4a52-9a52-0c1d2e3f4a5b
                 */
                "Idempotency-Key": string;
            };
            path: {
                tenant: string;
                eventId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "certainty": "confirmed",
                 *       "claims": [
                 *         {
                 *           "fact": "status",
                 *           "value": "ended"
                 *         },
                 *         {
                 *           "fact": "count",
                 *           "period": "regulation",
                 *           "side": "home",
                 *           "statistic": "corners",
                 *           "value": 7
                 *         },
                 *         {
                 *           "fact": "count",
                 *           "period": "regulation",
                 *           "side": "away",
                 *           "statistic": "corners",
                 *           "value": 3
                 *         }
                 *       ],
                 *       "reason": "the feed gave up at half time"
                 *     }
                 */
                "application/json": components["schemas"]["FactsToState"];
            };
        };
        responses: {
            /** @description What became of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *       "outcome": "recorded",
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["FactsStated"];
                };
            };
            /** @description The Host header does not name a host; or: This needs an Idempotency-Key of 1 to 128 printable characters; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such event */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request with this Idempotency-Key is being answered */
            409: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract; or: This Idempotency-Key belongs to another request; or: A claim cannot be told */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBettingLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bettingOpen": true,
                     *       "limits": [
                     *         {
                     *           "currency": "EUR",
                     *           "eventExposureMaxMinor": 20000000,
                     *           "outcomeExposureMaxMinor": 10000000,
                     *           "payoutMaxMinor": 5000000,
                     *           "scope": "tenant",
                     *           "stakeMaxMinor": 100000,
                     *           "stakeMinMinor": 100
                     *         },
                     *         {
                     *           "currency": "EUR",
                     *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *           "scope": "event",
                     *           "stakeMaxMinor": 50000
                     *         }
                     *       ],
                     *       "version": 0
                     *     }
                     */
                    "application/json": components["schemas"]["BettingLimits"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setBettingLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "bettingOpen": true,
                 *       "limits": [
                 *         {
                 *           "currency": "EUR",
                 *           "eventExposureMaxMinor": 20000000,
                 *           "outcomeExposureMaxMinor": 10000000,
                 *           "payoutMaxMinor": 5000000,
                 *           "scope": "tenant",
                 *           "stakeMaxMinor": 100000,
                 *           "stakeMinMinor": 100
                 *         },
                 *         {
                 *           "currency": "EUR",
                 *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                 *           "scope": "event",
                 *           "stakeMaxMinor": 50000
                 *         }
                 *       ],
                 *       "version": 0
                 *     }
                 */
                "application/json": components["schemas"]["BettingLimits"];
            };
        };
        responses: {
            /** @description The limits as saved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bettingOpen": true,
                     *       "limits": [
                     *         {
                     *           "currency": "EUR",
                     *           "eventExposureMaxMinor": 20000000,
                     *           "outcomeExposureMaxMinor": 10000000,
                     *           "payoutMaxMinor": 5000000,
                     *           "scope": "tenant",
                     *           "stakeMaxMinor": 100000,
                     *           "stakeMinMinor": 100
                     *         },
                     *         {
                     *           "currency": "EUR",
                     *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *           "scope": "event",
                     *           "stakeMaxMinor": 50000
                     *         }
                     *       ],
                     *       "placementsOver": true,
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["BettingLimitsSaved"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The limits were changed meanwhile */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract; or: The limits do not hold together */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlayers: {
        parameters: {
            query?: {
                /** @description Only whose e-mail this is */
                email?: string;
                /**
                 * @description Only a verified player may deposit or bet
                 * @example verified
                 */
                state?: "unverified" | "verified" | "excluded" | "closed";
                /**
                 * @description Items on a page
                 * @example 50
                 */
                limit?: number;
                /** @description next of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "coolingOffUntil": null,
                     *           "country": "MT",
                     *           "currency": "EUR",
                     *           "frozenSince": null,
                     *           "playerId": "01994e0a-3c00-7000-8000-00000000000b",
                     *           "registeredAt": "2025-09-19T12:00:00.000Z",
                     *           "state": "verified"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["PlayerList"];
                };
            };
            /** @description The Host header does not name a host; or: The cursor is not one of ours */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getListedPlayer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The player
                 * @example 01994e0a-3c00-7000-8000-00000000000b
                 */
                playerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The player */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "coolingOffUntil": null,
                     *       "country": "MT",
                     *       "currency": "EUR",
                     *       "frozenSince": null,
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b",
                     *       "registeredAt": "2025-09-19T12:00:00.000Z",
                     *       "state": "verified"
                     *     }
                     */
                    "application/json": components["schemas"]["ListedPlayer"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such player */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAdjustment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own name for what it asks, 1 to 128 printable characters: asking again under the same one does it once
                 * @example 7d3c1a52-3b1e-4a52-9a52-0c1d2e3f4a5b
                 */
                "Idempotency-Key": string;
            };
            path: {
                tenant: string;
                playerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amountMinor": -500,
                 *       "currency": "EUR",
                 *       "reason": "goodwill after a display error"
                 *     }
                 */
                "application/json": components["schemas"]["Adjustment"];
            };
        };
        responses: {
            /** @description The adjustment */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "amountMinor": -500,
                     *       "at": "2025-09-19T12:00:00.000Z",
                     *       "kind": "adjustment",
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b",
                     *       "transferId": "019961d8-7600-7c41-8a57-5e0f3f0b6a10",
                     *       "wallet": {
                     *         "bonusMinor": 0,
                     *         "cashMinor": 5000,
                     *         "currency": "EUR",
                     *         "exponent": 2,
                     *         "heldMinor": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MoneyMoved"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read; or: This needs an Idempotency-Key of 1 to 128 printable characters */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such player */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request with this Idempotency-Key is being answered; or: The wallet does not hold as much */
            409: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract; or: This Idempotency-Key belongs to another request; or: The wallet is in another currency */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDeposit: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own name for what it asks, 1 to 128 printable characters: asking again under the same one does it once
                 * @example 7d3c1a52-3b1e-4a52-9a52-0c1d2e3f4a5b
                 */
                "Idempotency-Key": string;
            };
            path: {
                tenant: string;
                playerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amountMinor": 5000,
                 *       "currency": "EUR",
                 *       "reference": "psp-7781"
                 *     }
                 */
                "application/json": components["schemas"]["Payment"];
            };
        };
        responses: {
            /** @description The deposit */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "amountMinor": 5000,
                     *       "at": "2025-09-19T12:00:00.000Z",
                     *       "kind": "deposit",
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b",
                     *       "transferId": "019961d8-7600-7c41-8a57-5e0f3f0b6a10",
                     *       "wallet": {
                     *         "bonusMinor": 0,
                     *         "cashMinor": 5000,
                     *         "currency": "EUR",
                     *         "exponent": 2,
                     *         "heldMinor": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MoneyMoved"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read; or: This needs an Idempotency-Key of 1 to 128 printable characters */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is not verified; or: The player has paused; or: The player is excluded; or: The account is closed; or: The player's own limit on deposits is reached; or: The brand takes no money from the player's country; or: The brand takes no money, as it names no licence for it */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such player */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request with this Idempotency-Key is being answered */
            409: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract; or: This Idempotency-Key belongs to another request; or: The wallet is in another currency */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: No money is taken until the brands' licences could be looked at */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlayerEntries: {
        parameters: {
            query?: {
                /**
                 * @description Which part of the wallet
                 * @example cash
                 */
                account?: "cash" | "held" | "bonus";
                /**
                 * @description Items on a page
                 * @example 50
                 */
                limit?: number;
                /** @description next of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The player
                 * @example 01994e0a-3c00-7000-8000-00000000000b
                 */
                playerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "currency": "EUR",
                     *       "exponent": 2,
                     *       "items": [
                     *         {
                     *           "amountMinor": 5000,
                     *           "at": "2025-09-19T12:00:00.000Z",
                     *           "balanceMinor": 5000,
                     *           "betId": null,
                     *           "kind": "deposit",
                     *           "transferId": "019961d8-7600-7c41-8a57-5e0f3f0b6a10"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["EntryList"];
                };
            };
            /** @description The Host header does not name a host; or: The cursor is not one of ours */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such player */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLimitsOfPlayer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The player
                 * @example 01994e0a-3c00-7000-8000-00000000000b
                 */
                playerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "currency": "EUR",
                     *       "items": [
                     *         {
                     *           "amountMinor": 10000,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "month"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "month"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "month"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PlayerLimits"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such player */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setLimitsOfPlayer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The player
                 * @example 01994e0a-3c00-7000-8000-00000000000b
                 */
                playerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "amountMinor": 20000,
                 *           "kind": "deposit",
                 *           "period": "week"
                 *         }
                 *       ],
                 *       "reason": "agreed by telephone"
                 *     }
                 */
                "application/json": components["schemas"]["OperatorLimitsChange"];
            };
        };
        responses: {
            /** @description The limits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "currency": "EUR",
                     *       "items": [
                     *         {
                     *           "amountMinor": 10000,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "month"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "month"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "month"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PlayerLimits"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such player */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setPlayerState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The player
                 * @example 01994e0a-3c00-7000-8000-00000000000b
                 */
                playerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "passport seen",
                 *       "state": "verified"
                 *     }
                 */
                "application/json": components["schemas"]["StateChange"];
            };
        };
        responses: {
            /** @description The player */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "coolingOffUntil": null,
                     *       "country": "MT",
                     *       "currency": "EUR",
                     *       "frozenSince": null,
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b",
                     *       "registeredAt": "2025-09-19T12:00:00.000Z",
                     *       "state": "verified"
                     *     }
                     */
                    "application/json": components["schemas"]["ListedPlayer"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such player */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player's state does not change that way */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unfreezePlayer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The player
                 * @example 01994e0a-3c00-7000-8000-00000000000b
                 */
                playerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "debt agreed to be paid in parts"
                 *     }
                 */
                "application/json": components["schemas"]["Unfreeze"];
            };
        };
        responses: {
            /** @description The player */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "coolingOffUntil": null,
                     *       "country": "MT",
                     *       "currency": "EUR",
                     *       "frozenSince": null,
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b",
                     *       "registeredAt": "2025-09-19T12:00:00.000Z",
                     *       "state": "verified"
                     *     }
                     */
                    "application/json": components["schemas"]["ListedPlayer"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such player */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlayerWallet: {
        parameters: {
            query?: {
                /**
                 * @description A moment of the past, to the millisecond; now when left out
                 * @example 2025-09-19T12:00:00.000Z
                 */
                at?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The player
                 * @example 01994e0a-3c00-7000-8000-00000000000b
                 */
                playerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The wallet */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "at": "2025-09-19T12:00:00.000Z",
                     *       "bonusMinor": 0,
                     *       "cashMinor": 5000,
                     *       "currency": "EUR",
                     *       "exponent": 2,
                     *       "heldMinor": 0,
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b"
                     *     }
                     */
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such player */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWithdrawal: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own name for what it asks, 1 to 128 printable characters: asking again under the same one does it once
                 * @example 7d3c1a52-3b1e-4a52-9a52-0c1d2e3f4a5b
                 */
                "Idempotency-Key": string;
            };
            path: {
                tenant: string;
                playerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amountMinor": 5000,
                 *       "currency": "EUR",
                 *       "reference": "psp-7781"
                 *     }
                 */
                "application/json": components["schemas"]["Payment"];
            };
        };
        responses: {
            /** @description The withdrawal */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "amountMinor": -5000,
                     *       "at": "2025-09-19T12:00:00.000Z",
                     *       "kind": "withdrawal",
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b",
                     *       "transferId": "019961d8-7600-7c41-8a57-5e0f3f0b6a10",
                     *       "wallet": {
                     *         "bonusMinor": 0,
                     *         "cashMinor": 5000,
                     *         "currency": "EUR",
                     *         "exponent": 2,
                     *         "heldMinor": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MoneyMoved"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read; or: This needs an Idempotency-Key of 1 to 128 printable characters */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is frozen */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such player */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request with this Idempotency-Key is being answered; or: The wallet does not hold as much */
            409: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract; or: This Idempotency-Key belongs to another request; or: The wallet is in another currency */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlementPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "negativeBalance": "debt",
                     *       "rulesInForce": 2,
                     *       "rulesVersion": null,
                     *       "version": 0
                     *     }
                     */
                    "application/json": components["schemas"]["SettlementPolicy"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setSettlementPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "negativeBalance": "debt",
                 *       "rulesVersion": null,
                 *       "version": 0
                 *     }
                 */
                "application/json": components["schemas"]["SettlementChoice"];
            };
        };
        responses: {
            /** @description The policy as saved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "negativeBalance": "debt",
                     *       "rulesInForce": 2,
                     *       "rulesVersion": null,
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["SettlementPolicy"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The settlement policy was changed meanwhile */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract; or: No such house rules are published */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStuckBets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is stuck */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bets": [
                     *         {
                     *           "attempts": 3,
                     *           "betId": "01994e0a-3c00-7000-8000-0d9c1c2f7b01",
                     *           "currency": "EUR",
                     *           "failure": "account_missing",
                     *           "legs": [
                     *             {
                     *               "away": "Chelsea",
                     *               "competition": "Premier League",
                     *               "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *               "home": "Arsenal",
                     *               "label": "",
                     *               "legNumber": 1,
                     *               "lineQuarters": 38,
                     *               "marketType": "corners_total",
                     *               "outcome": "over",
                     *               "period": "regulation",
                     *               "startsAt": "2025-09-20T11:30:00.000Z"
                     *             }
                     *           ],
                     *           "placedAt": "2025-09-19T12:00:00.000Z",
                     *           "playerId": "01994e0a-3c00-7000-8000-0d9c1c2f7c01",
                     *           "reason": "Its player has no account in its currency",
                     *           "retryAt": null,
                     *           "stakeMinor": 500,
                     *           "state": "quarantined"
                     *         }
                     *       ],
                     *       "moreBets": false,
                     *       "moreOutcomes": false,
                     *       "outcomes": [
                     *         {
                     *           "away": "Chelsea",
                     *           "bets": 12,
                     *           "competition": "Premier League",
                     *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *           "eventStatus": "ended",
                     *           "home": "Arsenal",
                     *           "label": "",
                     *           "lineQuarters": 38,
                     *           "marketType": "corners_total",
                     *           "outcome": "over",
                     *           "period": "regulation",
                     *           "reason": "It is not known: corners of regulation",
                     *           "startsAt": "2025-09-20T11:30:00.000Z",
                     *           "why": "fact_missing"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["StuckBets"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This needs a key in force of an operator of the tenant */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBets: {
        parameters: {
            query?: {
                /**
                 * @description Only bets in this state
                 * @example open
                 */
                state?: "open" | "settled" | "void" | "quarantined";
                /**
                 * @description Only bets placed at this instant or later
                 * @example 2026-09-20T00:00:00Z
                 */
                from?: string;
                /**
                 * @description Only bets placed before this instant
                 * @example 2026-09-20T00:00:00Z
                 */
                to?: string;
                /**
                 * @description Bets on a page
                 * @example 20
                 */
                limit?: number;
                /** @description next of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of bets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "betId": "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e",
                     *           "currency": "EUR",
                     *           "legs": [
                     *             {
                     *               "away": "Everton",
                     *               "book": "bet365",
                     *               "competition": "England: Premier League",
                     *               "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *               "fraction": {
                     *                 "denominator": "50",
                     *                 "numerator": "81"
                     *               },
                     *               "home": "Liverpool",
                     *               "label": "",
                     *               "legNumber": 1,
                     *               "lineQuarters": null,
                     *               "marketType": "1x2",
                     *               "outcome": "home",
                     *               "period": "regulation",
                     *               "resultVersion": null,
                     *               "startsAt": "2025-09-20T11:30:00.000Z",
                     *               "state": "open"
                     *             }
                     *           ],
                     *           "limitsVersion": 3,
                     *           "placedAt": "2025-09-20T10:59:00.000Z",
                     *           "potentialReturnMinor": 810,
                     *           "returnMinor": null,
                     *           "rulesVersion": 1,
                     *           "settledAt": null,
                     *           "stakeMinor": 500,
                     *           "state": "open",
                     *           "terms": {
                     *             "priceChange": "better"
                     *           },
                     *           "void": null
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["BetList"];
                };
            };
            /** @description The Host header does not name a host; or: The cursor is not one of ours */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placeBet: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own name for what it asks, 1 to 128 printable characters: asking again under the same one does it once
                 * @example 7d3c1a52-3b1e-4a52-9a52-0c1d2e3f4a5b
                 */
                "Idempotency-Key": string;
            };
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currency": "EUR",
                 *       "legs": [
                 *         {
                 *           "book": "bet365",
                 *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                 *           "fraction": {
                 *             "denominator": "50",
                 *             "numerator": "81"
                 *           },
                 *           "label": "",
                 *           "lineQuarters": null,
                 *           "marketType": "1x2",
                 *           "outcome": "home",
                 *           "period": "regulation"
                 *         }
                 *       ],
                 *       "priceChange": "better",
                 *       "stakeMinor": 500
                 *     }
                 */
                "application/json": components["schemas"]["BetToPlace"];
            };
        };
        responses: {
            /** @description The bet, its stake held */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "betId": "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e",
                     *       "currency": "EUR",
                     *       "legs": [
                     *         {
                     *           "away": "Everton",
                     *           "book": "bet365",
                     *           "competition": "England: Premier League",
                     *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *           "fraction": {
                     *             "denominator": "50",
                     *             "numerator": "81"
                     *           },
                     *           "home": "Liverpool",
                     *           "label": "",
                     *           "legNumber": 1,
                     *           "lineQuarters": null,
                     *           "marketType": "1x2",
                     *           "outcome": "home",
                     *           "period": "regulation",
                     *           "resultVersion": null,
                     *           "startsAt": "2025-09-20T11:30:00.000Z",
                     *           "state": "open"
                     *         }
                     *       ],
                     *       "limitsVersion": 3,
                     *       "placedAt": "2025-09-20T10:59:00.000Z",
                     *       "potentialReturnMinor": 810,
                     *       "returnMinor": null,
                     *       "rulesVersion": 1,
                     *       "settledAt": null,
                     *       "stakeMinor": 500,
                     *       "state": "open",
                     *       "terms": {
                     *         "priceChange": "better"
                     *       },
                     *       "void": null
                     *     }
                     */
                    "application/json": components["schemas"]["Bet"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read; or: This needs an Idempotency-Key of 1 to 128 printable characters */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed; or: The player is not verified; or: The player has paused; or: The player is frozen; or: The brand takes no money from the player's country; or: The brand takes no money, as it names no licence for it; or: The player's own limit on stakes is reached; or: The player's own limit on losses is reached */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No bets are taken at present; or: There is no such selection; or: This market takes no bets; or: This event takes no bets; or: This event has begun; or: Betting on this selection is suspended; or: The price is too old to be bet on; or: The price has changed; or: Several legs cannot be taken; or: The wallet does not hold as much; or: A request with this Idempotency-Key is being answered */
            409: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract; or: The wallet is in another currency; or: Some legs decide each other; or: The bet has too many legs; or: The stake is below the least that is taken; or: The stake is above the most that is taken; or: This Idempotency-Key belongs to another request */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players; or: No money is taken until the brands' licences could be looked at; or: The bet was not placed: send the same request again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The bet
                 * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e
                 */
                betId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bet */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "betId": "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e",
                     *       "currency": "EUR",
                     *       "legs": [
                     *         {
                     *           "away": "Everton",
                     *           "book": "bet365",
                     *           "competition": "England: Premier League",
                     *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *           "fraction": {
                     *             "denominator": "50",
                     *             "numerator": "81"
                     *           },
                     *           "home": "Liverpool",
                     *           "label": "",
                     *           "legNumber": 1,
                     *           "lineQuarters": null,
                     *           "marketType": "1x2",
                     *           "outcome": "home",
                     *           "period": "regulation",
                     *           "resultVersion": null,
                     *           "startsAt": "2025-09-20T11:30:00.000Z",
                     *           "state": "open"
                     *         }
                     *       ],
                     *       "limitsVersion": 3,
                     *       "placedAt": "2025-09-20T10:59:00.000Z",
                     *       "potentialReturnMinor": 810,
                     *       "returnMinor": null,
                     *       "rulesVersion": 1,
                     *       "settledAt": null,
                     *       "stakeMinor": 500,
                     *       "state": "open",
                     *       "terms": {
                     *         "priceChange": "better"
                     *       },
                     *       "void": null
                     *     }
                     */
                    "application/json": components["schemas"]["Bet"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such bet */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBetExplanation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The bet
                 * @example 01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e
                 */
                betId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The explanation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "betId": "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6e",
                     *       "currency": "EUR",
                     *       "failure": null,
                     *       "formula": "stake × the product over all legs of v + (1 − v) · r · h · (1 + (price − 1) · (1 − d))",
                     *       "legs": [
                     *         {
                     *           "away": "Everton",
                     *           "book": "bet365",
                     *           "competition": "England: Premier League",
                     *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *           "home": "Liverpool",
                     *           "label": "",
                     *           "legNumber": 1,
                     *           "lineQuarters": null,
                     *           "marketType": "1x2",
                     *           "outcome": "home",
                     *           "period": "regulation",
                     *           "price": {
                     *             "denominator": "50",
                     *             "numerator": "81"
                     *           },
                     *           "sport": "soccer",
                     *           "startsAt": "2025-09-20T11:30:00.000Z",
                     *           "waitsFor": null
                     *         }
                     *       ],
                     *       "legsSoFar": null,
                     *       "placedAt": "2025-09-20T10:59:00.000Z",
                     *       "returnMinor": 810,
                     *       "rounding": {
                     *         "rule": "nearest_minor_unit_halves_to_player",
                     *         "text": "A return is rounded once, to the nearest minor unit; a half goes to the player."
                     *       },
                     *       "rules": {
                     *         "publishedAt": "2025-01-01T00:00:00.000Z",
                     *         "version": 1
                     *       },
                     *       "stakeMinor": 500,
                     *       "state": "settled",
                     *       "terms": {
                     *         "priceChange": "better"
                     *       },
                     *       "versions": [
                     *         {
                     *           "at": "2025-09-20T10:59:00.000Z",
                     *           "kind": "placed",
                     *           "transfers": [
                     *             {
                     *               "entries": [
                     *                 {
                     *                   "account": "player_cash",
                     *                   "amountMinor": -500
                     *                 },
                     *                 {
                     *                   "account": "stakes_held",
                     *                   "amountMinor": 500
                     *                 }
                     *               ],
                     *               "kind": "stake",
                     *               "occurredAt": "2025-09-20T10:59:00.000Z",
                     *               "transferId": "01994e0a-4b6e-7000-9c1d-3f1a2b4c5d6f"
                     *             }
                     *           ],
                     *           "version": 0
                     *         },
                     *         {
                     *           "at": "2025-09-20T13:30:05.000Z",
                     *           "decidedBy": {
                     *             "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *             "factVersion": 1
                     *           },
                     *           "exactReturn": {
                     *             "denominator": "1",
                     *             "numerator": "810"
                     *           },
                     *           "kind": "settled",
                     *           "legs": [
                     *             {
                     *               "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *               "factVersion": 1,
                     *               "factor": {
                     *                 "denominator": "50",
                     *                 "numerator": "81"
                     *               },
                     *               "facts": [
                     *                 {
                     *                   "actor": null,
                     *                   "certainty": "confirmed",
                     *                   "detail": {
                     *                     "status": "ended"
                     *                   },
                     *                   "fact": "status",
                     *                   "final": true,
                     *                   "knownAt": "2025-09-20T13:30:04.000Z",
                     *                   "period": null,
                     *                   "side": null,
                     *                   "source": "goalserve/soccer",
                     *                   "statistic": null,
                     *                   "subject": null,
                     *                   "trueAt": "2025-09-20T13:30:00.000Z",
                     *                   "value": null,
                     *                   "version": 1
                     *                 },
                     *                 {
                     *                   "actor": null,
                     *                   "certainty": "confirmed",
                     *                   "detail": null,
                     *                   "fact": "count",
                     *                   "final": true,
                     *                   "knownAt": "2025-09-20T13:30:04.000Z",
                     *                   "period": "regulation",
                     *                   "side": "home",
                     *                   "source": "goalserve/soccer",
                     *                   "statistic": "score",
                     *                   "subject": null,
                     *                   "trueAt": "2025-09-20T13:30:00.000Z",
                     *                   "value": 2,
                     *                   "version": 1
                     *                 },
                     *                 {
                     *                   "actor": null,
                     *                   "certainty": "confirmed",
                     *                   "detail": null,
                     *                   "fact": "count",
                     *                   "final": true,
                     *                   "knownAt": "2025-09-20T13:30:04.000Z",
                     *                   "period": "regulation",
                     *                   "side": "away",
                     *                   "source": "goalserve/soccer",
                     *                   "statistic": "score",
                     *                   "subject": null,
                     *                   "trueAt": "2025-09-20T13:30:00.000Z",
                     *                   "value": 1,
                     *                   "version": 1
                     *                 }
                     *               ],
                     *               "grade": {
                     *                 "deadHeatFactor": {
                     *                   "denominator": "1",
                     *                   "numerator": "1"
                     *                 },
                     *                 "gradedAt": "2025-09-20T13:30:05.000Z",
                     *                 "reason": "won",
                     *                 "result": 1,
                     *                 "text": "The selection won.",
                     *                 "voidFactor": {
                     *                   "denominator": "1",
                     *                   "numerator": "0"
                     *                 },
                     *                 "winningsDeduction": {
                     *                   "denominator": "1",
                     *                   "numerator": "0"
                     *                 }
                     *               },
                     *               "legNumber": 1,
                     *               "price": {
                     *                 "denominator": "50",
                     *                 "numerator": "81"
                     *               },
                     *               "rules": [
                     *                 {
                     *                   "says": {
                     *                     "extra_time_counts": false,
                     *                     "period": "regulation"
                     *                   },
                     *                   "section": "1x2",
                     *                   "text": "Home, draw and away are decided by regular time, stoppage time included; extra time does not count."
                     *                 }
                     *               ]
                     *             }
                     *           ],
                     *           "product": {
                     *             "denominator": "50",
                     *             "numerator": "81"
                     *           },
                     *           "returnMinor": 810,
                     *           "transfers": [
                     *             {
                     *               "entries": [
                     *                 {
                     *                   "account": "player_cash",
                     *                   "amountMinor": 810
                     *                 },
                     *                 {
                     *                   "account": "stakes_held",
                     *                   "amountMinor": -500
                     *                 },
                     *                 {
                     *                   "account": "house_book",
                     *                   "amountMinor": -310
                     *                 }
                     *               ],
                     *               "kind": "settlement",
                     *               "occurredAt": "2025-09-20T13:30:05.000Z",
                     *               "transferId": "01994e95-1c08-7000-8c1d-3f1a2b4c5d70"
                     *             }
                     *           ],
                     *           "version": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BetExplanation"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such bet */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerPlayer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "country": "MT",
                 *       "dateOfBirth": "1990-12-10",
                 *       "email": "ada@example.org",
                 *       "fullName": "Ada Lovelace",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description The player */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": null,
                     *       "coolingOffUntil": null,
                     *       "country": "MT",
                     *       "currency": "EUR",
                     *       "dateOfBirth": "1990-12-10",
                     *       "email": "ada@example.org",
                     *       "frozenSince": null,
                     *       "fullName": "Ada Lovelace",
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b",
                     *       "registeredAt": "2025-09-19T12:00:00.000Z",
                     *       "state": "unverified"
                     *     }
                     */
                    "application/json": components["schemas"]["Player"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person is under age; or: The player is excluded */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another player has this e-mail */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract; or: A field of the registration cannot be used */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players; or: Too many sign in right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlayer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The player */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": null,
                     *       "coolingOffUntil": null,
                     *       "country": "MT",
                     *       "currency": "EUR",
                     *       "dateOfBirth": "1990-12-10",
                     *       "email": "ada@example.org",
                     *       "frozenSince": null,
                     *       "fullName": "Ada Lovelace",
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b",
                     *       "registeredAt": "2025-09-19T12:00:00.000Z",
                     *       "state": "verified"
                     *     }
                     */
                    "application/json": components["schemas"]["Player"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coolOff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "days": 7
                 *     }
                 */
                "application/json": components["schemas"]["CoolOff"];
            };
        };
        responses: {
            /** @description The pause */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "coolingOffUntil": "2025-09-26T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CoolingOff"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    excludePlayer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "term": "6_months"
                 *     }
                 */
                "application/json": components["schemas"]["ExclusionRequest"];
            };
        };
        responses: {
            /** @description The exclusion */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "endsAt": "2026-03-19T12:00:00.000Z",
                     *       "excludedAt": "2025-09-19T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Exclusion"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlayerLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "currency": "EUR",
                     *       "items": [
                     *         {
                     *           "amountMinor": 10000,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "month"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "month"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "month"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PlayerLimits"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setPlayerLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "amountMinor": 10000,
                 *           "kind": "deposit",
                 *           "period": "day"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["PlayerLimitsChange"];
            };
        };
        responses: {
            /** @description The limits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "currency": "EUR",
                     *       "items": [
                     *         {
                     *           "amountMinor": 10000,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "deposit",
                     *           "next": null,
                     *           "period": "month"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "stake",
                     *           "next": null,
                     *           "period": "month"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "day"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "week"
                     *         },
                     *         {
                     *           "amountMinor": null,
                     *           "kind": "loss",
                     *           "next": null,
                     *           "period": "month"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PlayerLimits"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCompetitions: {
        parameters: {
            query?: {
                /**
                 * @description Only this sport
                 * @example soccer
                 */
                sport?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Competitions */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "competition": "England: Premier League",
                     *           "competitionId": "goalserve:1204",
                     *           "events": 10,
                     *           "sport": "soccer"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Competitions"];
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /**
                 * @description Only this sport
                 * @example soccer
                 */
                sport?: string;
                /**
                 * @description Only this competition, by its id
                 * @example goalserve:1204
                 */
                competition?: string;
                /**
                 * @description Items on a page
                 * @example 50
                 */
                limit?: number;
                /** @description next of the page before */
                cursor?: string;
                /**
                 * @description Only events that start at this instant or later; twelve hours ago when left out
                 * @example 2026-09-20T00:00:00Z
                 */
                from?: string;
                /**
                 * @description Only events that start before this instant
                 * @example 2026-09-20T00:00:00Z
                 */
                to?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "away": "Everton",
                     *           "competition": "England: Premier League",
                     *           "competitionId": "goalserve:1204",
                     *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *           "home": "Liverpool",
                     *           "sport": "soccer",
                     *           "startsAt": "2025-09-20T11:30:00.000Z",
                     *           "status": "scheduled"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventList"];
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host; or: The cursor is not one of ours */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The event
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "away": "Everton",
                     *       "competition": "England: Premier League",
                     *       "competitionId": "goalserve:1204",
                     *       "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *       "home": "Liverpool",
                     *       "sport": "soccer",
                     *       "startsAt": "2025-09-20T11:30:00.000Z",
                     *       "status": "scheduled"
                     *     }
                     */
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such event */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOdds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The event
                 * @example 01994e0a-3c00-7000-8000-0d9c1c2f7a11
                 */
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event's markets and prices */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ageSeconds": null,
                     *       "confirmedAt": "2025-09-20T11:00:00.000Z",
                     *       "event": {
                     *         "away": "Everton",
                     *         "competition": "England: Premier League",
                     *         "competitionId": "goalserve:1204",
                     *         "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *         "home": "Liverpool",
                     *         "sport": "soccer",
                     *         "startsAt": "2025-09-20T11:30:00.000Z",
                     *         "status": "scheduled"
                     *       },
                     *       "expired": false,
                     *       "markets": [
                     *         {
                     *           "book": "bet365",
                     *           "label": "",
                     *           "line": null,
                     *           "lineQuarters": null,
                     *           "marketType": "1x2",
                     *           "outcomes": [
                     *             {
                     *               "fraction": {
                     *                 "denominator": "50",
                     *                 "numerator": "81"
                     *               },
                     *               "outcome": "home",
                     *               "price": "1.62",
                     *               "suspended": false
                     *             },
                     *             {
                     *               "fraction": {
                     *                 "denominator": "5",
                     *                 "numerator": "21"
                     *               },
                     *               "outcome": "draw",
                     *               "price": "4.20",
                     *               "suspended": false
                     *             },
                     *             {
                     *               "fraction": {
                     *                 "denominator": "1",
                     *                 "numerator": "5"
                     *               },
                     *               "outcome": "away",
                     *               "price": "5.00",
                     *               "suspended": false
                     *             }
                     *           ],
                     *           "period": "regulation"
                     *         }
                     *       ],
                     *       "oddsFormat": "decimal"
                     *     }
                     */
                    "application/json": components["schemas"]["Odds"];
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such event */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHouseRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The house rules */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "document": {
                     *         "postponed": {
                     *           "soccer": {
                     *             "play_within_hours": 48
                     *           }
                     *         }
                     *       },
                     *       "publishedAt": "2026-11-27T00:00:00.000Z",
                     *       "rules": [
                     *         {
                     *           "for": "soccer",
                     *           "says": {
                     *             "play_within_hours": 48
                     *           },
                     *           "section": "postponed",
                     *           "text": "A match that is put off stands if it begins within 48 hours of its planned start; otherwise it returns the stake."
                     *         }
                     *       ],
                     *       "rulesVersion": 2
                     *     }
                     */
                    "application/json": components["schemas"]["HouseRules"];
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHouseRulesVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
                /**
                 * @description The number that a bet carries as rulesVersion
                 * @example 2
                 */
                rulesVersion: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The house rules */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "document": {
                     *         "postponed": {
                     *           "soccer": {
                     *             "play_within_hours": 48
                     *           }
                     *         }
                     *       },
                     *       "publishedAt": "2026-11-27T00:00:00.000Z",
                     *       "rules": [
                     *         {
                     *           "for": "soccer",
                     *           "says": {
                     *             "play_within_hours": 48
                     *           },
                     *           "section": "postponed",
                     *           "text": "A match that is put off stands if it begins within 48 hours of its planned start; otherwise it returns the stake."
                     *         }
                     *       ],
                     *       "rulesVersion": 2
                     *     }
                     */
                    "application/json": components["schemas"]["HouseRules"];
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such house rules */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    loadTheme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The theme */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bannerUrl": null,
                     *       "betting": {
                     *         "currency": "EUR",
                     *         "maxPayoutMinor": 5000000,
                     *         "maxStakeMinor": 100000,
                     *         "minStakeMinor": 100,
                     *         "oddsFormat": "decimal"
                     *       },
                     *       "colors": {
                     *         "accent": "#ffb400",
                     *         "background": "#ffffff",
                     *         "danger": "#c62828",
                     *         "primary": "#0b5fff",
                     *         "secondary": "#0a2540",
                     *         "success": "#12805c",
                     *         "surface": "#f4f6fa",
                     *         "text": "#10141a",
                     *         "textMuted": "#5b6675"
                     *       },
                     *       "compliance": {
                     *         "ageMark": "18+",
                     *         "countries": [],
                     *         "helpUrl": "https://www.gamblingtherapy.org/",
                     *         "licenceNumber": null,
                     *         "regulator": null
                     *       },
                     *       "contact": {
                     *         "email": "help@supersports.test",
                     *         "phone": "+44 20 7946 0000"
                     *       },
                     *       "faviconUrl": "https://cdn.supersports.test/favicon.png",
                     *       "features": {
                     *         "cashOut": false,
                     *         "liveBetting": true,
                     *         "liveChat": false,
                     *         "promotions": false,
                     *         "statistics": true
                     *       },
                     *       "layout": {
                     *         "buttons": "rounded",
                     *         "cards": "raised",
                     *         "radius": 8,
                     *         "style": "modern"
                     *       },
                     *       "logo": {
                     *         "alt": "Super Sports",
                     *         "type": "image",
                     *         "url": "https://cdn.supersports.test/logo.png"
                     *       },
                     *       "name": "Super Sports",
                     *       "social": [
                     *         {
                     *           "network": "x",
                     *           "url": "https://x.com/supersports"
                     *         }
                     *       ],
                     *       "tenant": "supersports",
                     *       "texts": {
                     *         "footer": "You must be 18 or over to bet. Please play responsibly.",
                     *         "welcome": "Welcome"
                     *       },
                     *       "typography": {
                     *         "fontFamily": "inter",
                     *         "headingFamily": "oswald",
                     *         "scale": "regular"
                     *       },
                     *       "version": 3
                     *     }
                     */
                    "application/json": components["schemas"]["Theme"];
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getManifest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The manifest */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "background_color": "#ffffff",
                     *       "display": "standalone",
                     *       "icons": [
                     *         {
                     *           "purpose": "any",
                     *           "sizes": "any",
                     *           "src": "https://cdn.supersports.test/favicon.png"
                     *         }
                     *       ],
                     *       "name": "Super Sports",
                     *       "short_name": "Super Sports",
                     *       "start_url": "/",
                     *       "theme_color": "#0b5fff"
                     *     }
                     */
                    "application/manifest+json": components["schemas"]["Manifest"];
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOdds: {
        parameters: {
            query: {
                /**
                 * @description The competition, by its id
                 * @example goalserve:1204
                 */
                competition: string;
                /**
                 * @description Events on a page
                 * @example 10
                 */
                limit?: number;
                /** @description next of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events with their prices */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "ageSeconds": null,
                     *           "confirmedAt": "2025-09-20T11:00:00.000Z",
                     *           "event": {
                     *             "away": "Everton",
                     *             "competition": "England: Premier League",
                     *             "competitionId": "goalserve:1204",
                     *             "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *             "home": "Liverpool",
                     *             "sport": "soccer",
                     *             "startsAt": "2025-09-20T11:30:00.000Z",
                     *             "status": "scheduled"
                     *           },
                     *           "expired": false,
                     *           "markets": [
                     *             {
                     *               "book": "bet365",
                     *               "label": "",
                     *               "line": null,
                     *               "lineQuarters": null,
                     *               "marketType": "1x2",
                     *               "outcomes": [
                     *                 {
                     *                   "fraction": {
                     *                     "denominator": "50",
                     *                     "numerator": "81"
                     *                   },
                     *                   "outcome": "home",
                     *                   "price": "1.62",
                     *                   "suspended": false
                     *                 },
                     *                 {
                     *                   "fraction": {
                     *                     "denominator": "5",
                     *                     "numerator": "21"
                     *                   },
                     *                   "outcome": "draw",
                     *                   "price": "4.20",
                     *                   "suspended": false
                     *                 },
                     *                 {
                     *                   "fraction": {
                     *                     "denominator": "1",
                     *                     "numerator": "5"
                     *                   },
                     *                   "outcome": "away",
                     *                   "price": "5.00",
                     *                   "suspended": false
                     *                 }
                     *               ],
                     *               "period": "regulation"
                     *             }
                     *           ],
                     *           "oddsFormat": "decimal"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["OddsList"];
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host; or: The cursor is not one of ours */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamOdds: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The id of the last event that was received, to go on from there
                 * @example 8m1x0q2z.1k3v9d2c7ab.40
                 */
                "Last-Event-ID"?: string;
            };
            path: {
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream; it ends when either side ends it */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example retry: 2310
                     *
                     *     id: 8m1x0q2z.1k3v9d2c7ab.41
                     *     event: delta
                     *     data: {"eventId":"01994e0a-3c00-7000-8000-0d9c1c2f7a11","changed":[{"book":"bet365","marketType":"1x2","period":"regulation","label":"","lineQuarters":null,"line":null,"outcomes":[{"outcome":"home","price":"1.62","fraction":{"numerator":"81","denominator":"50"},"suspended":false}]}],"removed":[]}
                     *
                     *     :
                     */
                    "text/event-stream": string;
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended; or: No such event */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many streams from one address */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This cannot be answered right now; or: Whether this tenant exists cannot be told right now; or: No stream can be opened right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listResults: {
        parameters: {
            query?: {
                /**
                 * @description Only this sport
                 * @example soccer
                 */
                sport?: string;
                /**
                 * @description Only this competition, by its id
                 * @example goalserve:1204
                 */
                competition?: string;
                /**
                 * @description Items on a page
                 * @example 50
                 */
                limit?: number;
                /** @description next of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of results */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "away": "Everton",
                     *           "awayScore": 1,
                     *           "competition": "England: Premier League",
                     *           "competitionId": "goalserve:1204",
                     *           "eventId": "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
                     *           "halfAwayScore": 0,
                     *           "halfHomeScore": 2,
                     *           "home": "Liverpool",
                     *           "homeScore": 2,
                     *           "recordedAt": "2025-09-20T13:25:00.000Z",
                     *           "sport": "soccer",
                     *           "startsAt": "2025-09-20T11:30:00.000Z",
                     *           "state": "final",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["ResultList"];
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host; or: The cursor is not one of ours */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSports: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sports with their competitions */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "competitions": [
                     *             {
                     *               "competition": "England: Premier League",
                     *               "competitionId": "goalserve:1204",
                     *               "events": 10
                     *             }
                     *           ],
                     *           "events": 10,
                     *           "sport": "soccer"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Sports"];
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStylesheet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stylesheet */
            200: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example :root {
                     *       --color-primary: #0b5fff;
                     *       --color-secondary: #0a2540;
                     *       --color-accent: #ffb400;
                     *       --color-background: #ffffff;
                     *       --color-surface: #f4f6fa;
                     *       --color-text: #10141a;
                     *       --color-text-muted: #5b6675;
                     *       --color-success: #12805c;
                     *       --color-danger: #c62828;
                     *       --font-body: Inter, system-ui, sans-serif;
                     *       --font-heading: Oswald, system-ui, sans-serif;
                     *       --font-scale: 1;
                     *       --radius: 8px;
                     *       --button-radius: var(--radius);
                     *     }
                     */
                    "text/css": string;
                };
            };
            /** @description The caller holds these very bytes: If-None-Match named their ETag */
            304: {
                headers: {
                    Age: components["headers"]["Age"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Cache-Status": components["headers"]["CacheStatus"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.org",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description The session */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accessToken": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImsxIn0.e30.c2lnbmF0dXJl",
                     *       "accessTokenExpiresAt": "2025-09-19T12:05:00.000Z",
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b",
                     *       "refreshToken": "lhr.01994e0a-3c00-7000-8000-00000000000c.Zq0c1rXnJ7wYk3vW9mTtP5uB2sLhQeXf8aRiNoDgKyE.uV4bT6yH8mK0pS2wA5dF7gJ9lQ1eR3tYzXcVbNmQwEr",
                     *       "refreshTokenExpiresAt": "2025-09-26T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description E-mail and password do not match an account */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players; or: Too many sign in right now */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refreshToken": "lhr.01994e0a-3c00-7000-8000-00000000000c.Zq0c1rXnJ7wYk3vW9mTtP5uB2sLhQeXf8aRiNoDgKyE.uV4bT6yH8mK0pS2wA5dF7gJ9lQ1eR3tYzXcVbNmQwEr"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshToken"];
            };
        };
        responses: {
            /** @description The session, with new tokens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accessToken": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImsxIn0.e30.c2lnbmF0dXJl",
                     *       "accessTokenExpiresAt": "2025-09-19T12:05:00.000Z",
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b",
                     *       "refreshToken": "lhr.01994e0a-3c00-7000-8000-00000000000c.Zq0c1rXnJ7wYk3vW9mTtP5uB2sLhQeXf8aRiNoDgKyE.uV4bT6yH8mK0pS2wA5dF7gJ9lQ1eR3tYzXcVbNmQwEr",
                     *       "refreshTokenExpiresAt": "2025-09-26T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The Host header does not name a host; or: The request body could not be read */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A request body must declare its length */
            411: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWallet: {
        parameters: {
            query?: {
                /**
                 * @description A moment of the past, to the millisecond; now when left out
                 * @example 2025-09-19T12:00:00.000Z
                 */
                at?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The wallet */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "at": "2025-09-19T12:00:00.000Z",
                     *       "bonusMinor": 0,
                     *       "cashMinor": 5000,
                     *       "currency": "EUR",
                     *       "exponent": 2,
                     *       "heldMinor": 0,
                     *       "playerId": "01994e0a-3c00-7000-8000-00000000000b"
                     *     }
                     */
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            /** @description The Host header does not name a host */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWalletEntries: {
        parameters: {
            query?: {
                /**
                 * @description Which part of the wallet
                 * @example cash
                 */
                account?: "cash" | "held" | "bonus";
                /**
                 * @description Items on a page
                 * @example 50
                 */
                limit?: number;
                /** @description next of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.
                 * @example supersports
                 */
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "currency": "EUR",
                     *       "exponent": 2,
                     *       "items": [
                     *         {
                     *           "amountMinor": 5000,
                     *           "at": "2025-09-19T12:00:00.000Z",
                     *           "balanceMinor": 5000,
                     *           "betId": null,
                     *           "kind": "deposit",
                     *           "transferId": "019961d8-7600-7c41-8a57-5e0f3f0b6a10"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["EntryList"];
                };
            };
            /** @description The Host header does not name a host; or: The cursor is not one of ours */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The access token is absent, expired or not of this tenant; or: The session has ended */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The player is excluded; or: The account is closed */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such tenant; or: This tenant is suspended */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not match the contract */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is wrong on our side */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether this tenant exists cannot be told right now; or: This cannot be answered right now; or: This deployment is not set up to serve players */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
