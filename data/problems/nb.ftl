# Norwegian Bokmål: what every problem is called, what causes it and what cures it; then the flaws of single fields.

account_already_exists = Kontoen finnes allerede
    .cause = Noen opprettet en konto med denne e-postadressen i samme øyeblikk.
    .cure = Send forespørselen på nytt med passordet til den kontoen.

account_has_no_password = Kontoen har ikke passord
    .cause = Denne kontoen logger ikke inn med e-post og passord, så det er ikke noe passord å endre.
    .cure = Systemklienter logger inn med en nøkkel: registrer en ny nøkkel i stedet.

account_recovery_of_oneself = Det er din egen konto
    .cause = Ingen lager en lenke for å gjenopprette sin egen konto.
    .cure = Endre passordet i stedet, eller spør en annen administrator.

account_recovery_unknown_membership = Medlemmet er ukjent
    .cause = Medlemskapet finnes ikke i organisasjonen din.
    .cure = Velg et medlem av din egen organisasjon.

agreement_needs_municipality_and_centre = Avtalen trenger en kommune og en sentral
    .cause = En samarbeidsavtale inngås mellom en kommune og en frivilligsentral eller frivillig organisasjon.
    .cure = Velg en motpart av det andre slaget.

agreement_not_accepted = Avtalen er ikke godtatt av begge
    .cause = Begge sider må godta avtalen før metoden tas i bruk.
    .cure = Be den andre siden godta avtalen, og godta den selv.

agreement_not_ready = Ikke alt er på plass
    .cause = Dette mangler før metoden kan tas i bruk: { $missing }.
    .cure = Få det på plass, og meld det med set-readiness.

agreement_outside_its_period = Avtalen gjelder ikke nå
    .cause = Perioden har ikke begynt, eller den er over.
    .cure = Vent til perioden begynner, eller lag en ny avtale.

agreement_unknown_item = Punktet er ukjent
    .cause = Metoden har ikke noe slikt punkt på sjekklisten.
    .cure = Velg et av punktene i readiness.

agreement_unknown_method = Metoden er ukjent
    .cause = Det finnes ingen metode med denne koden.
    .cure = Bruk koden for en metode som finnes, som AKTIVE_SAMMEN_5.

already_left = Har allerede gått ut av nettverket
    .cause = Deltakeren eller den frivillige har allerede gått ut av nettverket.
    .cure = Du trenger ikke gjøre mer. Den som kommer tilbake, legges til i nettverket på nytt.

already_taken_in = Forsendelsen er allerede tatt inn
    .cause = Forsendelsen er allerede knyttet til en person i organisasjonen din.
    .cure = Les forsendelsen på nytt: person_id viser hvem den er knyttet til.

archive_duty = Loven krever at det bevares
    .cause = Det kommunen har mottatt, er i ferd med å motta eller har arkivert, kan ikke slettes: loven sier at det skal bevares.
    .cure = La det stå. Er noe feil, rettes det med en ny versjon eller i arkivet.

archived_in_the_future = Arkiveringen ligger fram i tid
    .cause = archived_at er senere enn nå.
    .cure = Send tidspunktet det ble arkivert, eller utelat archived_at.

asked_too_soon = Det er for tidlig å spørre igjen
    .cause = Personen har sagt nei til det samme, og dagen det kan spørres igjen, er ikke kommet.
    .cure = Vent til dagen i ask_again_from på samtykket det ble sagt nei til.

assessed_in_the_future = Kartleggingen ligger fram i tid
    .cause = assessed_on er senere enn i dag.
    .cure = Registrer kartleggingen når den er gjort, eller rett datoen.

assessment_not_presented = Vurderingen er ikke lagt fram for personen
    .cause = Den som ikke har full samtykkekompetanse, skal få vite det, og hvorfor.
    .cure = Snakk med personen, og send dagen i presented_to_person_on.

assessment_not_yet_decided = Vurderingen ligger fram i tid
    .cause = decided_on er senere enn i dag.
    .cure = Registrer vurderingen når den er gjort, eller rett datoen.

bad_parameter = En parameter er feil
    .cause = Adressen har en parameter som ikke er kjent her, eller som har en verdi som ikke kan brukes.
    .cure = Se på errors: der står det hvilke parametere det gjelder, og hva som er feil.

body_too_large = Innholdet er for stort
    .cause = Forespørselen har mer innhold enn det som tas imot her.
    .cure = Send mindre om gangen.

briefing_already_held = Opplæringen er allerede registrert
    .cause = Opplæring i samme tema er allerede registrert for den frivillige denne dagen.
    .cure = Du trenger ikke gjøre mer, med mindre datoen eller temaet er feil.

briefing_unknown_volunteer = Den frivillige er ukjent
    .cause = Det finnes ingen slik frivillig i organisasjonen din.
    .cure = Kontroller volunteer_id, eller registrer den frivillige først.

capacity_assessment_reviewed_before_decided = Ny vurdering kommer før avgjørelsen
    .cause = review_on må være senere enn decided_on.
    .cure = Rett en av de to datoene.

capacity_assessment_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din.
    .cure = Kontroller person_id, eller registrer personen først.

capacity_not_assessed = Samtykkekompetansen er ikke vurdert
    .cause = Det finnes ingen vurdering som gjelder i dag og sier at personen kan ta stilling til dette, eller vurderingen som er oppgitt, er ikke den nyeste.
    .cure = Registrer en ny vurdering, eller utelat capacity_assessment_id for å bruke den nyeste. Kan personen ikke samtykke, kan en representant med samtykkerett gjøre det.

clarification_missing = Avklaringen mangler
    .cause = Den siste avklaringen av henvisningen må si at det går videre, og personen eller en representant må være enig i den.
    .cure = Registrer en slik avklaring, og prøv igjen.

clarification_not_agreed = Ingen har sagt seg enig i avklaringen
    .cause = En avklaring som sier at det går videre, krever at personen eller en representant er enig.
    .cure = Sett agreed_by_person, eller oppgi representanten i agreed_by_id.

clarification_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din.
    .cure = Kontroller person_id: det er personen henvisningen gjelder.

clarification_unknown_referral = Henvisningen er ukjent
    .cause = Henvisningen finnes ikke, eller du har ikke tilgang til den.
    .cure = Kontroller referral_id.

code_is_wrong = Koden er feil
    .cause = Det er ikke koden til den andre faktoren på dette tidspunktet, eller den er brukt før: hver kode gjelder én gang.
    .cure = Vent på neste kode i autentiseringsappen, og se til at klokken på enheten går riktig. Bruk en gjenopprettingskode hvis appen mangler.

collaboration_agreement_already_active = Det finnes alt en metode
    .cause = De to organisasjonene har alt en metode sammen, om den så er stanset.
    .cure = Avslutt den avtalen først.

collaboration_agreement_already_open = Det finnes allerede en slik avtale
    .cause = Dere har alt et utkast til en avtale om denne metoden.
    .cure = Fortsett med den, eller avslutt den først.

collaboration_agreement_ends_before_it_starts = Avtalen slutter før den begynner
    .cause = valid_to er ikke etter valid_from.
    .cure = Rett datoene.

confidentiality_declaration_already_signed = Taushetserklæringen er allerede registrert
    .cause = Denne versjonen av taushetserklæringen er allerede registrert for den frivillige denne dagen.
    .cure = Du trenger ikke gjøre mer, med mindre datoen eller versjonen er feil.

confidentiality_declaration_signed_before_briefing = Underskrevet før den ble forklart
    .cause = Taushetserklæringen må forklares for den frivillige før den blir underskrevet.
    .cure = Kontroller briefed_on og signed_on.

confidentiality_declaration_unknown_volunteer = Den frivillige er ukjent
    .cause = Det finnes ingen slik frivillig i organisasjonen din.
    .cure = Kontroller volunteer_id, eller registrer den frivillige først.

consent_does_not_cover = Samtykket dekker ikke det som er valgt
    .cause = Det er valgt et felt av den sosiale kartleggingen i en kategori som personen ikke har samtykket til.
    .cure = Velg færre felt, eller be om et samtykke som dekker social_life eller support_needs. Forhåndsvisningen sier i uncovered hva som mangler.

consent_ends_before_it_starts = Samtykket slutter før det begynner
    .cause = expires_at må være senere enn tidspunktet samtykket gjelder fra.
    .cure = Rett valid_from eller expires_at.

consent_for_another_referral = Henvisningen er mellom andre
    .cause = Samtykket gjelder en organisasjon som ikke kjenner denne henvisningen.
    .cure = Utelat referral_id: samtykket gjelder den og det som det nevner.

consent_required = Det kreves et samtykke
    .cause = Mottakeren kan ikke få vite om personen uten et aktivt samtykke som dekker det.
    .cure = Innhent først et samtykke til henvisningen til denne mottakeren. Et system som oversender en henvisning, sender samtykket med.

consent_to_oneself = Mottakeren er din egen organisasjon
    .cause = Et samtykke gjelder det en annen organisasjon får vite, ikke din egen.
    .cure = Oppgi den andre organisasjonen i counterpart_organisation_id.

consent_unknown_organisation = Organisasjonen er ukjent
    .cause = Organisasjonen som skal få opplysningene, er ikke registrert her.
    .cure = Kontroller counterpart_organisation_id mot listen over organisasjoner.

consent_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din.
    .cure = Kontroller subject_id, eller registrer personen først.

consent_unknown_referral = Henvisningen er ukjent
    .cause = Det finnes ingen slik henvisning i organisasjonen din.
    .cure = Kontroller referral_id, eller utelat den.

contact_form_already_exists = Kontaktskjemaet finnes allerede
    .cause = Deltakeren har allerede et kontaktskjema i dette nettverket som ikke er lukket.
    .cure = Skriv neste versjon av det skjemaet.

contact_form_is_unchanged = Kontaktskjemaet er uendret
    .cause = Versjonen sier det samme som den forrige.
    .cure = Endre noe, eller behold versjonen som står.

contact_form_of_another_network = Kontaktskjemaet hører til et annet nettverk
    .cause = Kontaktskjemaet, eller nettverket som er oppgitt i det, hører ikke til nettverket dette gjelder.
    .cure = Kontroller skjemaet og nettverkets id i skjemaet.

contact_form_signed_in_the_future = Skjemaet er signert fram i tid
    .cause = signed_on er senere enn i dag.
    .cure = Send dagen det ble signert.

contact_form_unknown_network = Nettverket er ukjent
    .cause = Nettverket finnes ikke, eller du har ikke tilgang til det.
    .cure = Kontroller network_id.

contact_form_unknown_participant = Personen er ikke med i nettverket
    .cause = Et kontaktskjema skrives for en person som er deltaker i nettverket nå.
    .cure = Legg personen til i nettverket først, eller kontroller person_id.

contact_form_unknown_unit = Enheten er ukjent
    .cause = En kommunal kontakt i skjemaet viser til en enhet som ikke finnes.
    .cure = Kontroller unit_id hos de kommunale kontaktene, eller utelat den.

contact_form_unknown_volunteer = Den frivillige er ikke med i nettverket
    .cause = Skjemaet fører opp en frivillig som ikke er med i nettverket nå.
    .cure = Legg den frivillige til i nettverket først, eller ta vedkommende ut av skjemaet.

contact_form_version_unknown_capacity_assessment = Vurderingen er ukjent
    .cause = Det finnes ingen slik vurdering av samtykkekompetanse i organisasjonen din.
    .cure = Kontroller capacity_assessment_id, eller utelat den.

contact_form_version_unknown_form = Kontaktskjemaet er ukjent
    .cause = Kontaktskjemaet finnes ikke, eller du har ikke tilgang til det.
    .cure = Kontroller contact_form_id.

contact_form_version_unknown_signer = Den som har underskrevet, er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din.
    .cure = Kontroller signed_by_id, eller utelat den hvis personen ikke er registrert.

contact_point_ends_before_it_starts = Kontaktpunktet slutter før det begynner
    .cause = Den første dagen uten kontaktpunktet må være senere enn dagen det begynte.
    .cure = Send en senere valid_to.

contact_point_substitutes_itself = Kontaktpunktet er sin egen stedfortreder
    .cause = Et kontaktpunkt kan ikke være stedfortreder for seg selv.
    .cure = Oppgi et annet kontaktpunkt i substitute_id, eller ingen.

contact_point_unknown_membership = Medarbeideren er ukjent
    .cause = Ingen i organisasjonen din har denne tilknytningen.
    .cure = Kontroller membership_id, eller utelat den.

contact_point_unknown_substitute = Stedfortrederen er ukjent
    .cause = Det finnes ikke noe slikt kontaktpunkt i organisasjonen din.
    .cure = Kontroller substitute_id, eller registrer stedfortrederen først.

contact_point_unknown_unit = Enheten er ukjent
    .cause = Det finnes ingen slik enhet i organisasjonen din.
    .cure = Kontroller unit_id.

conversation_already_held = Samtalen er allerede holdt
    .cause = En samtale som er holdt, kan ikke endres eller holdes én gang til.
    .cure = Planlegg en ny samtale.

conversation_missing = Samtalen mangler
    .cause = Personen er ikke snakket med i alle samtalene som metoden har før dette.
    .cure = Hold samtalene som er nevnt i errors, og registrer dem først.

conversation_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din.
    .cure = Kontroller person_id: det er personen henvisningen gjelder.

conversation_unknown_referral = Henvisningen er ukjent
    .cause = Henvisningen finnes ikke, eller du har ikke tilgang til den.
    .cure = Kontroller referral_id.

conversation_unknown_step = Samtaletrinnet er ukjent
    .cause = Metoden som dere hadde sammen da henvisningen ble sendt, har ingen slik samtale.
    .cure = Se trinnene i GET /v1/methods, eller la step stå tomt.

counterpart_already_requested = Det er allerede bedt om eller godkjent
    .cause = Organisasjonen din har allerede bedt om å få skrive til den andre.
    .cure = Finn den i listen over samarbeidsparter: den venter på svar eller er godkjent.

counterpart_not_approved = Den andre organisasjonen har ikke godkjent
    .cause = Ingenting kan sendes mellom de to organisasjonene før den som ble spurt, har godkjent det.
    .cure = Spør ved å opprette en samarbeidspart, og prøv igjen når det er godkjent.

counterpart_to_oneself = Det er din egen organisasjon
    .cause = En organisasjon kan ikke be om å få skrive til seg selv.
    .cure = Oppgi den andre organisasjonen i counterpart_organisation_id.

counterpart_unknown_organisation = Organisasjonen er ukjent
    .cause = Organisasjonen som blir spurt, er ikke registrert her.
    .cure = Kontroller counterpart_organisation_id mot listen over organisasjoner.

current_password_is_wrong = Nåværende passord er feil
    .cause = Passordet som ble oppgitt som det nåværende, er ikke passordet til kontoen.
    .cure = Skriv det på nytt. Pass på store bokstaver og språket på tastaturet.

delivery_is_not_a_referral = Forsendelsen er ikke en henvisning
    .cause = Bare en henvisning kan tas inn og knyttes til en person.
    .cure = Bekreft mottaket av forsendelsen i stedet.

delivery_missing = Si hvem sitt kontaktskjema det er
    .cause = Flere kontaktskjemaer for dette nettverket er sendt, og ingen henvisning sier hvem de gjelder.
    .cure = Oppgi en forsendelse av personens kontaktskjema (delivery_id).

delivery_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din, eller du har ikke tilgang til personen.
    .cure = Kontroller person_id, eller utelat den for å registrere en ny person fra forsendelsen.

delivery_without_name = Forsendelsen har ikke noe navn
    .cause = En ny person kan ikke registreres fra en forsendelse som ikke oppgir navnet.
    .cure = Registrer personen først, og send person_id.

flaw_another_contact = Det er nettverkskontakten, og bare den, som føres som nettverkskontakt.
flaw_another_name = Den frivillige har et annet navn.
flaw_check_digit = Kontrollsifrene stemmer ikke: se etter en tastefeil.
flaw_control_character = Det er et kontrolltegn i teksten.
flaw_date = Datoen i nummeret er ikke mulig.
flaw_does_not_know = Den som står oppført, må først få vite det, og hva det skal brukes til.
flaw_duplicate = Det står der mer enn én gang.
flaw_email = Det er ikke en e-postadresse.
flaw_format = Nummeret har ikke riktig form.
flaw_in_the_future = Dagen er ikke kommet ennå.
flaw_item_length = Hver har 1 til { $max } tegn.
flaw_item_twice = Punktet står der mer enn én gang.
flaw_missing = Det mangler.
flaw_network_contact_missing = Nettverkskontakten er ikke ført opp.
flaw_not_a_code = En kode har bare bokstavene a til z, sifre og understreker, og begynner med en bokstav.
flaw_not_a_day = Skriv en dag som ÅÅÅÅ-MM-DD, fra { $min } til { $max }.
flaw_not_a_key = Det er ikke en offentlig nøkkel på sin kurve.
flaw_not_an_etag = Send ETag fra det siste svaret, med anførselstegn.
flaw_not_an_id = Skriv en id med 36 tegn, slik den ble gitt.
flaw_not_an_instant = Skriv et tidspunkt etter RFC 3339, for eksempel 2026-11-01T10:00:00Z, fra { $min } til { $max }.
flaw_not_for_people = Denne rollen er for systemklienter, ikke for personer.
flaw_not_for_this_role = Det passer ikke til rollen.
flaw_not_held = Systemklienter kan ikke ha denne tilgangen.
flaw_not_json = Det er ikke JSON: se på linje { $line }, kolonne { $column }.
flaw_not_of_instrument = Instrumentet har bare disse: { $expected }.
flaw_not_so_many_days = Siste dag er ikke før den første, og det vises høyst { $max } dager om gangen.
flaw_not_visible_ascii = Send 1 til 255 synlige ASCII-tegn.
flaw_other_country = Nummeret er fra et annet land.
flaw_other_kind = Nummeret er av en annen type.
flaw_personal_number = Nummeret er et personnummer.
flaw_protected = Beskyttelsen skjuler dette: utelat det.
flaw_refuses_all = På grunn av dette elementet ble ingen av dem gjort.
flaw_same_as_email = Passordet er e-postadressen.
flaw_test_number = Det er et testnummer, og her registreres virkelige personer.
flaw_too_early = Dagen er for tidlig: tidligst { $min }.
flaw_too_large = For stort: høyst { $max }.
flaw_too_long = For langt: høyst { $max }.
flaw_too_short = For kort: minst { $min }.
flaw_too_small = For lite: minst { $min }.
flaw_unknown_field = Det finnes ikke noe slikt felt.
flaw_unknown_parameter = Det finnes ingen slik parameter.
flaw_unknown_value = Det må være en av disse: { $expected }.
flaw_unreadable = Innholdet kunne ikke leses til slutten.
flaw_wrong_type = { $expected ->
    [string] Det må være tekst.
    [integer] Det må være et heltall.
    [number] Det må være et tall.
    [boolean] Det må være sant eller usant (true eller false).
    [array] Det må være en liste.
    [object] Det må være et objekt.
   *[other] Det må være { $expected }.
}
flaw_wrong_value = Denne verdien kan ikke brukes her.

event_unknown_sequence = Så langt har strømmen ikke kommet
    .cause = Ingen hendelse her har dette nummeret ennå: installasjonen er satt tilbake til en tidligere dag, eller nummeret er fra en annen strøm.
    .cure = Sammenlign det du har lagret, med det som finnes her nå, og følg så strømmen fra begynnelsen.

follow_up_already_recorded = Denne delen er allerede registrert
    .cause = Oppfølgingen med personen, eller med nettverkskontakten, er allerede registrert.
    .cure = Registrer den andre delen, eller vent til neste oppfølging.

follow_up_not_held = Ingen har snakket med personen ennå
    .cause = Oppfølgingen som er nevnt, er ikke holdt med personen.
    .cure = Registrer oppfølgingen først, eller utelat follow_up_id.

follow_up_of_another_person = Oppfølgingen gjelder en annen
    .cause = Personen som målet gjelder, er ikke med i nettverket som oppfølgingen gjelder.
    .cure = Kontroller goal_id og follow_up_id.

forbidden = Du har ikke tilgang til dette
    .cause = Dette krever { $scope }, som rollen din eller tokenet ditt ikke gir.
    .cure = Spør noen med en rolle som tillater det, eller be om et token med denne tilgangen.

form_has_moved_on = Skjemaet har fått en nyere versjon
    .cause = Versjon { $number } er den siste. Din bygger på en eldre.
    .cure = Les den siste versjonen, legg inn endringene dine i den, og send den med versjonsnummeret i based_on.

functional_assessment_ends_before_it_starts = Kartleggingen slutter før den begynner
    .cause = valid_to er før valid_from.
    .cure = Rett valid_from eller valid_to.

functional_assessment_stays_municipal = Funksjonskartlegginger blir i kommunen
    .cause = Bare en kommune har funksjonskartlegginger: de er helseopplysninger som ingen andre trenger.
    .cure = La den bli hos kommunen. Det en frivilligsentral trenger å vite, forteller en henvisning av den sosiale kartleggingen.

functional_assessment_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din, eller du har ikke tilgang til personen.
    .cure = Kontroller person_id.

giver_may_not_consent = Vedkommende kan ikke gi dette samtykket
    .cause = Personen er for ung til å samtykke alene, eller den som samtykker for personen, har ikke rett til det.
    .cure = La noen som har rett til det, samtykke: relasjonen til personen må gi retten, og for et barn må den være forelder eller verge.

goal_not_measured_then = Det kan ikke være målt da
    .cause = measured_on er før målet ble satt, eller senere enn i dag.
    .cure = Rett measured_on.

goal_outcome_already_measured = Målet er allerede målt ved denne oppfølgingen
    .cause = Ved en oppfølging er det ett resultat av hvert mål.
    .cure = Utelat follow_up_id, eller vent til neste oppfølging.

goal_outcome_missing = Resultatet av et mål mangler
    .cause = Det er satt et mål for henvisningen som det ikke er registrert noe resultat av.
    .cure = Registrer først et resultat av hvert mål for henvisningen.

goal_outcome_unknown_follow_up = Oppfølgingen er ukjent
    .cause = Det finnes ingen slik oppfølging i organisasjonen din, eller du har ikke tilgang til den.
    .cure = Kontroller follow_up_id.

goal_outcome_unknown_goal = Målet er ukjent
    .cause = Det finnes ikke noe slikt mål i organisasjonen din, eller du har ikke tilgang til det.
    .cure = Kontroller goal_id.

goal_reviewed_before_set = Målet skal ses på igjen før det er satt
    .cause = review_on er ikke etter set_on.
    .cure = Rett set_on eller review_on.

goal_set_in_the_future = Målet er satt fram i tid
    .cause = set_on er senere enn i dag.
    .cure = Registrer målet når det er satt, eller rett datoen.

goal_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din, eller du har ikke tilgang til personen.
    .cure = Kontroller person_id.

goal_unknown_referral = Henvisningen er ukjent
    .cause = Det finnes ingen slik henvisning i organisasjonen din.
    .cure = Kontroller referral_id.

guidance_request_unknown_network = Nettverket er ukjent
    .cause = Du ser ikke noe slikt nettverk.
    .cure = Velg et nettverk du ser, eller utelat det.

guidance_request_unknown_unit = Enheten er ukjent
    .cause = Mottakeren har ingen slik enhet.
    .cure = List mottakerens enheter, og velg en av dem.

held_in_the_future = Datoen er i framtida
    .cause = Det som skal være holdt, er senere enn nå.
    .cure = Registrer det når det er holdt, eller rett datoen.

idempotency_key_required = Idempotency-Key mangler
    .cause = Denne forespørselen oppretter eller endrer noe, og det går ikke fram om den er sendt før.
    .cure = Send en ny og unik Idempotency-Key med hver ny forespørsel, og den samme når du gjentar den.

idempotency_key_reused = Denne Idempotency-Key er allerede brukt
    .cause = Den samme nøkkelen er brukt til en annen forespørsel.
    .cure = Bruk en ny nøkkel til en ny forespørsel. En forespørsel gjentas bare slik den var.

identifier_not_active = Identitetsnummeret er ikke lenger i bruk
    .cause = Identitetsnummeret er allerede erstattet, eller det har opphørt.
    .cure = Erstatt nummeret som er aktivt nå.

identity_numbers_not_kept = Identitetsnumre lagres ikke her
    .cause = Organisasjonen din lagrer ikke fødselsnumre eller andre nasjonale identitetsnumre.
    .cure = Registrer personen uten nummeret.

if_match_required = If-Match mangler
    .cause = Det som endres, må være den versjonen du har lest, og forespørselen sier ikke hvilken det er.
    .cure = Les den, og send dens ETag som If-Match.

illegal_move = Det kan ikke gjøres nå
    .cause = { $action } er ikke mulig når tilstanden er { $state }.
    .cure = Les på nytt, og velg noe av det som står i allowed_actions.

internal = Noe gikk galt hos oss
    .cause = Det oppstod en feil på vår side. Det er ikke noe i veien med forespørselen din.
    .cure = Prøv igjen senere. Skjer det igjen, meld fra med nummeret i instance.

invalid = Noe i forespørselen er feil
    .cause = Forespørselen kan leses, men ett eller flere felt kan ikke være riktige.
    .cure = Se på errors: der pekes det på hvert felt, og det står hva som er feil.

invitation_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din.
    .cure = Kontroller person_id, eller registrer personen først.

invitation_unknown_unit = Enheten er ukjent
    .cause = Det finnes ingen slik enhet i organisasjonen din.
    .cure = Kontroller unit_id.

invitation_unknown_volunteer = Den frivillige er ukjent
    .cause = Det finnes ingen slik frivillig i organisasjonen din.
    .cure = Kontroller volunteer_id, eller registrer den frivillige først.

last_admin = Dette er den siste administratoren
    .cause = Uten en administrator er det ingen i organisasjonen som kan invitere den neste.
    .cure = Inviter en ny administrator først.

legal_basis_decided_by_another_role = En annen rolle avgjør dette
    .cause = Regelen for denne paragrafen lar { $roles } avgjøre.
    .cure = La noen i en slik rolle avgjøre, eller oppgi en annen paragraf.

legal_basis_does_not_cover = Paragrafen dekker ikke alt dette
    .cause = Paragrafen tillater ikke at denne mottakeren får alle slagene og kategoriene som ble sendt.
    .cure = Oppgi færre slag eller kategorier, en annen mottaker eller en annen paragraf, eller be om samtykke.

legal_basis_ends_before_it_starts = Hjemmelen slutter før den begynner
    .cause = Slutten på perioden er ikke etter starten.
    .cure = Send en slutt som er senere enn starten.

legal_basis_to_oneself = En hjemmel gjelder en annen organisasjon
    .cause = Det din egen organisasjon vet, trenger ingen hjemmel for å bli der.
    .cure = Oppgi organisasjonen som skal få opplysningene.

legal_basis_unknown_organisation = Ukjent organisasjon
    .cause = Det finnes ingen organisasjon med id-en som ble sendt.
    .cure = Slå den opp med GET /v1/organisations.

legal_basis_unknown_person = Ukjent person
    .cause = Det finnes ingen slik person som du kan se.
    .cure = Slå opp personen, eller registrer vedkommende først.

legal_basis_unknown_referral = Ukjent henvisning
    .cause = Det finnes ingen slik henvisning i organisasjonen din.
    .cure = Slå den opp, eller utelat referral_id.

legal_basis_unknown_rule = Ingen slik regel gjelder
    .cause = Ingen regel med den koden gjelder her i dag. Disse gjelder: { $codes }.
    .cure = Send en av disse kodene.

link_has_ended = Relasjonen er allerede avsluttet
    .cause = Relasjonen mellom de to personene er allerede over.
    .cure = Du trenger ikke gjøre mer. Registrer en ny relasjon hvis det er en igjen.

log_entry_already_corrected = Loggføringen er allerede rettet
    .cause = En annen føring retter den allerede.
    .cure = Les loggen igjen, og rett den føringen som rettet den.

log_entry_already_shared = Loggføringen er allerede delt
    .cause = Den er sendt til kommunen, eller venter på å bli det.
    .cure = Du trenger ikke gjøre mer. Se utleveringene for hvor langt den er kommet.

log_entry_corrected_otherwise = Rettelsen går en annen vei
    .cause = En rettelse gjelder samme person og deles på samme måte som føringen den retter.
    .cure = Bruk person_id og share_with_municipality fra føringen.

log_entry_is_final = Loggføringen er endelig
    .cause = Det som er endelig i en logg, blir stående slik det ble skrevet.
    .cure = Skriv en ny føring som retter den, med correction_of_id. Begge blir bevart.

log_entry_is_not_shared = Loggføringen skal ikke deles
    .cause = share_with_municipality er no.
    .cure = La den være, eller skriv en ny føring som kan deles.

log_entry_unknown_entry = Føringen som skal rettes, er ukjent
    .cause = correction_of_id er ingen føring i dette nettverkets logg som du kan rette.
    .cure = Velg en føring i samme nettverk. En frivillig retter bare sine egne.

log_entry_unknown_network = Nettverket er ukjent
    .cause = Nettverket finnes ikke i organisasjonen din, eller du er ikke med i det.
    .cure = Velg et nettverk som du ser.

log_entry_unknown_person = Personen er ikke med i nettverket
    .cause = person_id er ingen av dem nettverket er for nå.
    .cure = Velg en deltaker i nettverket, eller la feltet stå tomt.

log_entry_without_person = Det er ikke sagt hvem føringen gjelder
    .cause = Kommunen får bare vite det som gjelder en deltaker, og med grunnlag for nettopp den.
    .cure = Oppgi person_id, eller sett share_with_municipality til no.

log_review_ends_before_it_starts = Perioden slutter før den begynner
    .cause = to_on er før from_on.
    .cure = Rett dagene.

log_review_unknown_network = Nettverket er ukjent
    .cause = Nettverket finnes ikke i organisasjonen din.
    .cure = Velg et nettverk i din egen organisasjon.

looser_than_the_law = Loven sier mer
    .cause = { $code } er en lovregel og gir { $law } ({ $source }): en organisasjon kan ikke gi mindre til dem den verner.
    .cure = Gjør regelen minst like streng som loven, eller la den være.

malformed = Forespørselen kan ikke leses
    .cause = Innholdet eller et hodefelt er ikke skrevet slik det må være.
    .cure = Se på errors: der står det hvor, og hva som ventes. Innhold er JSON i UTF-8.

membership_already_exists = Tilknytningen finnes allerede
    .cause = Kontoen har allerede denne rollen i organisasjonen.
    .cure = Logg inn med tilknytningen som finnes.

membership_unknown_unit = Enheten er ukjent
    .cause = Det finnes ingen slik enhet i organisasjonen din.
    .cure = Kontroller unit_id.

municipal_contact_missing = Den kommunale kontakten mangler
    .cause = En deltaker mottar kommunale tjenester, og kontaktskjemaet oppgir ingen kommunal kontakt.
    .cure = Oppgi minst én kommunal kontakt i kontaktskjemaet.

municipality_code_is_not_in_force = Kommunenummeret gjelder ikke
    .cause = En kommune må ha et kommunenummer, og nummeret må gjelde i dag.
    .cure = Finn nummeret som gjelder i dag: kommuner blir slått sammen og får nye numre.

network_change_ends_before_it_starts = Det slutter før det begynner
    .cause = to_on er før from_on.
    .cure = Rett dagene.

network_change_unknown_network = Nettverket er ukjent
    .cause = Det er ikke ditt nettverk, og organisasjonen din har ikke fått kontaktskjemaet for det til en enhet du er i.
    .cure = Velg et nettverk som du er med i.

network_change_unknown_person = Personen er ukjent
    .cause = person_id er ingen i organisasjonen din.
    .cure = Velg en person som er registrert hos dere.

network_contact_missing = Nettverkskontakten mangler
    .cause = Et aktivt nettverk må ha en frivillig som er nettverkskontakt.
    .cure = Gjør en av de frivillige til nettverkskontakt.

network_has_ended = Nettverket er avsluttet
    .cause = Den andre siden har fortalt organisasjonen din at nettverket er avsluttet.
    .cure = Ta kontakt med koordinatoren på telefon, eller meld behovet på nytt.

network_has_one_contact = Nettverket har allerede en kontakt
    .cause = Et nettverk har én nettverkskontakt, og det har en fra før.
    .cure = Legg til den frivillige uten denne oppgaven, eller flytt den til vedkommende med make-contact.

network_message_unknown_network = Nettverket er ukjent
    .cause = Det er ikke ditt nettverk, og organisasjonen din har ikke fått kontaktskjemaet for det til en enhet du er i.
    .cure = Velg et nettverk som du er med i.

network_message_unknown_person = Personen er ukjent
    .cause = person_id er ingen i organisasjonen din.
    .cure = Velg en person som er registrert hos dere.

network_missing = Det finnes ikke noe aktivt nettverk
    .cause = Tjenesten kan starte når et nettverk rundt personen er aktivt.
    .cure = Aktiver først et nettverk som hører til henvisningen.

network_participant_already_in = Deltakeren er allerede med i nettverket
    .cause = Personen er deltaker i dette nettverket fra før.
    .cure = Du trenger ikke gjøre mer.

network_participant_missing = Nettverket har ingen deltaker
    .cause = Et aktivt nettverk må ha minst én deltaker.
    .cure = Legg til personen nettverket er for.

network_participant_unknown_network = Nettverket er ukjent
    .cause = Nettverket finnes ikke, eller du har ikke tilgang til det.
    .cure = Kontroller network_id.

network_participant_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din.
    .cure = Kontroller person_id, eller registrer personen først.

network_unknown_referral = Henvisningen er ukjent
    .cause = Det finnes ingen slik henvisning i organisasjonen din.
    .cure = Kontroller referral_id, eller utelat den.

network_volunteer_already_in = Den frivillige er allerede med i nettverket
    .cause = Den frivillige er med i dette nettverket fra før.
    .cure = Du trenger ikke gjøre mer.

network_volunteer_unknown_network = Nettverket er ukjent
    .cause = Nettverket finnes ikke, eller du har ikke tilgang til det.
    .cure = Kontroller network_id.

network_volunteer_unknown_volunteer = Den frivillige er ukjent
    .cause = Det finnes ingen slik frivillig i organisasjonen din.
    .cure = Kontroller volunteer_id, eller registrer den frivillige først.

new_version_missing = Den nye versjonen av skjemaet mangler
    .cause = Oppfølgingen sier at noe skal justeres, og det som justeres, står i kontaktskjemaet.
    .cure = Send neste versjon av skjemaet i contact_form_version.

no_body_expected = Det ventes ingen data her
    .cause = Denne forespørselen trenger ikke data, men har det med seg.
    .cure = Send den uten innhold.

no_coordinator = Ingen koordinator
    .cause = Ingen rutingsregel passer til henvisningen, eller mottakeren er ikke godkjent.
    .cure = Oppgi mottakeren i counterpart_organisation_id, eller lag en rutingsregel.

not_acceptable = Formatet finnes ikke her
    .cause = Forespørselen godtar bare formater som ikke finnes her.
    .cure = Utelat Accept, eller oppgi application/json der.

not_found = Her er det ingenting
    .cause = Det finnes ikke, eller du har ikke tilgang til det.
    .cure = Kontroller adressen og id-en.

not_waiting_for_approval = Den venter ikke på godkjenning
    .cause = Utleveringen er stanset av en annen grunn, og den endres ikke av en godkjenning.
    .cure = Se på blocked_reason. Mangler samtykket, må det innhentes.

not_yet_settled = Den er ikke ferdigbehandlet
    .cause = Avsenderen må få vite hva det ble av forsendelsen før den kan slettes.
    .cure = Arkiver den, eller avvis den.

not_yours = Du kan ikke skrive her
    .cause = Du kan ikke skrive dette her: det hører til en annen enhet eller organisasjon, eller til noen du ikke arbeider med.
    .cure = Kontroller id-ene i forespørselen. Spør ellers den som har saken.

nothing_to_change = Det er ingenting å endre
    .cause = Forespørselen nevner ikke noe som skal bli annerledes.
    .cure = Send minst ett felt som skal endres.

occurred_in_the_future = Det har ikke hendt ennå
    .cause = Tidspunktet ligger fram i tid.
    .cure = Skriv det når det har hendt, eller rett tidspunktet.

offer_already_disclosed = Det er allerede fortalt
    .cause = Organisasjonen som tok imot, har fått vite hvem tilbudet gjelder.
    .cure = Se på utleveringen som disclosure_id nevner. Er den stanset, sender et samtykke den på nytt.

offer_pool_is_empty = Det er ingen å spørre
    .cause = Ingen organisasjon utenom avsenderen og myndigheter har godkjent at din skriver til den.
    .cure = Be organisasjoner om å godkjenne din som motpart, eller sett henvisningen på venteliste.

offer_recipients_missing = Hvem tilbys det til?
    .cause = Et tilbud nevner organisasjoner eller går til den åpne kretsen: ett av de to.
    .cure = Send organisation_ids, eller open_pool som true.

offer_reply_in_the_past = Svarfristen er ute
    .cause = reply_by_on er før i dag.
    .cure = Oppgi en senere dag, eller utelat reply_by_on.

offer_to_oneself = Tilbudet er til din egen organisasjon
    .cause = Et behov tilbys andre organisasjoner.
    .cure = Utelat din egen fra organisation_ids. Det dere beholder selv, godtar dere.

offer_to_the_sender = Tilbudet er til den som ba om hjelp
    .cause = Organisasjonen som sendte henvisningen, kan ikke få den tilbudt.
    .cure = Oppgi andre organisasjoner, eller vis henvisningen videre eller avslå den.

offer_unknown_organisation = Organisasjonen er ukjent
    .cause = En organisasjon som er nevnt, er ikke registrert her.
    .cure = Kontroller organisation_ids mot listen over organisasjoner.

only_for_staff = Bare ansatte skriver dette
    .cause = Et av feltene er for det ansatte skriver for seg selv.
    .cure = Utelat feltet.

organisation_number_is_wrong = Organisasjonsnummeret er feil
    .cause = Det er ikke et gyldig organisasjonsnummer i landet som er oppgitt.
    .cure = Kontroller nummeret og landet.

organisation_rule_already_exists = Det finnes alt en slik regel
    .cause = En regel i organisasjonen med samme navn og tjeneste gjelder noen av disse dagene.
    .cure = Avslutt den først, eller begynn når den er slutt.

organisation_rule_ends_before_it_starts = Regelen slutter før den begynner
    .cause = valid_to er den første dagen regelen ikke lenger gjelder, og er ikke etter valid_from.
    .cure = Send en senere valid_to.

other_organisations_must_agree = Andre organisasjoner må være enige
    .cause = Kontoen er medlem av andre organisasjoner også, og et nytt passord åpner alle.
    .cure = Få en lenke fra en administrator i hver organisasjon, og send kodene fra alle lenkene samlet.

outside_target_group = Personen er utenfor målgruppen
    .cause = Den siste avklaringen sier at personen er utenfor målgruppen, så henvisningen kan ikke tas imot.
    .cure = Avslå henvisningen eller vis den videre, eller registrer en ny avklaring hvis det har endret seg.

password_length = Passordet har feil lengde
    .cause = Et passord har { $min } til { $max } tegn.
    .cure = Velg et annet. Noen ord etter hverandre er lette å huske.

period_is_over = Perioden er over
    .cause = Samtykket ville allerede være utløpt: expires_at er passert.
    .cure = Lag et nytt samtykke med en senere expires_at.

person_identifier_already_registered = Identitetsnummeret er alt registrert
    .cause = Personen har dette nummeret fra før, kanskje skrevet på en annen måte.
    .cure = Du trenger ikke gjøre noe: les personens numre.

person_identifier_belongs_to_another = Identitetsnummeret er allerede registrert
    .cause = Nummeret er allerede registrert i organisasjonen din, på en annen person eller på denne.
    .cure = Søk på nummeret for å finne personen. Ikke registrer samme person to ganger.

person_identifier_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din.
    .cure = Kontroller person_id, eller registrer personen først.

person_is_not_protected = Personen er ikke beskyttet
    .cause = Det er ingen beskyttelse å åpne eller avslutte.
    .cure = Du trenger ikke gjøre mer. Opplysningene står på personen.

person_is_protected = Personen har beskyttet identitet
    .cause = Det som identifiserer personen, verken vises eller endres her så lenge identiteten er beskyttet.
    .cure = Den som har tilgang, kan lese de beskyttede opplysningene til et oppgitt formål. Skal de endres, må beskyttelsen avsluttes først.

person_link_already_exists = Relasjonen finnes allerede
    .cause = De to personene har allerede en slik relasjon som ikke er avsluttet.
    .cure = Endre den relasjonen, eller avslutt den først.

person_link_ends_before_it_starts = Relasjonen slutter før den begynner
    .cause = valid_to må være senere enn valid_from.
    .cure = Rett en av de to datoene.

person_link_to_oneself = Det er samme person
    .cause = En person kan ikke være pårørende eller representant for seg selv.
    .cure = Oppgi en annen person i related_person_id.

person_link_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din.
    .cure = Kontroller person_id, eller registrer personen først.

person_link_unknown_related_person = Den pårørende er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din.
    .cure = Kontroller related_person_id, eller registrer den pårørende eller representanten først.

person_missing = Personen mangler
    .cause = Forespørselen sier ikke hvem henvisningen gjelder.
    .cure = Send person, eller person_id for en som er kjent.

person_unknown_responsible = Den ansvarlige er ukjent
    .cause = Ingen i organisasjonen din har denne tilknytningen.
    .cure = Kontroller responsible_id, eller utelat den.

person_unknown_unit = Enheten er ukjent
    .cause = Det finnes ingen slik enhet i organisasjonen din.
    .cure = Kontroller unit_id, eller utelat den.

protected_identity = Personens identitet er beskyttet
    .cause = Det ble sendt noe som beskyttelsesnivået skjuler.
    .cure = Utelat feltene som svaret peker på.

protected_needs_second_person = En annen må godkjenne
    .cause = Det er ikke for den som skrev det eller beskyttet personen, og heller ikke for den som ville se mer av det.
    .cure = La en annen godkjenne det.

protection_ends_before_it_starts = Beskyttelsen slutter før den begynner
    .cause = protected_until må være senere enn i dag.
    .cure = Send en senere dag, eller utelat protected_until hvis det ikke er satt noen slutt.

protection_lapses_earlier = Beskyttelsen faller bort tidligere
    .cause = En beskyttelse på dette nivået varer ikke så lenge som du ba om.
    .cure = Send en tidligere dag, og forny beskyttelsen i tide.

recipient_missing = Mottakeren mangler
    .cause = Et behov som kommunen melder, sendes til en mottaker. Det som blir i egen organisasjon, er meldt av noen andre.
    .cure = Oppgi mottakeren i counterpart_organisation_id, eller velg en annen source_channel.

referral_already_open = Personen har allerede en slik henvisning
    .cause = En henvisning av personen til den samme tjenesten er allerede i gang.
    .cure = Fortsett med den henvisningen, eller avslutt den først.

referral_already_pushed = Henvisningen finnes allerede
    .cause = En henvisning med samme id fra samme system er registrert med et annet innhold.
    .cure = Endre henvisningen som finnes, eller bruk en ny external_id.

referral_chooses_of_nothing = Et valg trenger en sosial kartlegging og felt
    .cause = social_assessment_id og social_fields hører sammen: den ene er sendt, eller står igjen, uten den andre.
    .cure = Send begge, eller trekk begge tilbake med null og en tom liste.

referral_has_ended = Henvisningen er avsluttet
    .cause = En henvisning som er avsluttet, endres ikke lenger.
    .cure = Lag en ny henvisning. Gjenåpning kopierer denne til et nytt utkast.

referral_not_accepted = Henvisningen er ikke akseptert
    .cause = Et nettverk blir aktivt for en henvisning som er akseptert eller står på venteliste; denne gjør ikke det, eller er avsluttet.
    .cure = Snakk med personen, avklar og aksepter henvisningen først.

referral_of_another_person = Henvisningen gjelder en annen
    .cause = Personen som er oppgitt, er ikke den henvisningen gjelder.
    .cure = Kontroller person_id og referral_id.

referral_to_oneself = Mottakeren er din egen organisasjon
    .cause = En henvisning sendes til en annen organisasjon, eller blir her uten mottaker.
    .cure = Oppgi den andre organisasjonen i counterpart_organisation_id, eller utelat feltet.

referral_unknown_cared_for_person = Den som får omsorg, er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din.
    .cure = Kontroller cared_for_person_id, eller utelat den.

referral_unknown_legal_basis = Ukjent hjemmel
    .cause = Det finnes ingen slik hjemmel i organisasjonen din.
    .cure = Slå den opp med GET /v1/legal-bases, eller send et samtykke.

referral_unknown_organisation = Mottakeren er ukjent
    .cause = Organisasjonen som er oppgitt som mottaker, er ikke registrert her.
    .cure = Kontroller counterpart_organisation_id mot listen over organisasjoner.

referral_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din, eller du har ikke tilgang til personen.
    .cure = Kontroller person_id, eller registrer personen først.

referral_unknown_social_assessment = Den sosiale kartleggingen er ukjent
    .cause = Det finnes ingen slik sosial kartlegging i organisasjonen din, eller du har ikke tilgang til den.
    .cure = Kontroller social_assessment_id.

referral_unknown_unit = Enheten er ukjent
    .cause = Det finnes ingen slik enhet i organisasjonen din.
    .cure = Kontroller unit_id, eller sent_by_unit_id når et system oversender henvisningen.

representative_without_mandate = Den pårørende kan ikke underskrive
    .cause = En pårørende underskriver ut fra en vurdering av personens samtykkekompetanse, eller en relasjon som gir rett til å samtykke.
    .cure = Oppgi vurderingen i capacity_assessment_id, eller den pårørende i signed_by_id.

representative_without_right = Representanten har ikke rett til å samtykke
    .cause = Ingen av personens relasjoner gir denne representanten rett til å samtykke i dag.
    .cure = Registrer relasjonen med samtykkerett, eller oppgi en annen representant.

responsibility_already_borne = En enhet har alt dette ansvaret
    .cause = Personen har alt en ansvarlig enhet på dette området.
    .cure = Avslutt det ansvaret først.

responsibility_not_ended_formally = Ansvaret er ikke avsluttet formelt
    .cause = At en frivillig er funnet, avslutter ikke i seg selv det personen har krav på. Det mangler at personen er enig, eller at vedtaket er formelt endret.
    .cure = Registrer at personen er enig, og vedtaket som endret det, med dato.

responsibility_unknown_person = Personen er ukjent
    .cause = Du ser ingen slik person.
    .cure = Kontroller person_id.

responsibility_unknown_unit = Enheten er ukjent
    .cause = Det finnes ingen slik enhet i organisasjonen din.
    .cure = Kontroller responsible_unit_id.

review_in_the_past = Dagen for gjennomgang er ikke fram i tid
    .cause = review_on er i dag eller før.
    .cure = Oppgi en senere dag.

routing_rule_ends_before_it_starts = Regelen slutter før den begynner
    .cause = valid_to er ikke etter valid_from.
    .cure = Rett datoene.

rule_does_not_fit = Dette er ikke det en slik regel sier
    .cause = En frist har length og unit, en alder har years, en fridag har name og enten month_day eller days_after_easter og ingen tjeneste.
    .cure = Send feltene til denne typen regel, og ingen andre.

second_factor_already_exists = Det finnes en andre faktor allerede
    .cause = Kontoen har en andre faktor, eller en annen blir lagt til akkurat nå.
    .cure = Fjern den først, med passordet og en kode.

second_factor_does_not_exist = Det finnes ingen slik andre faktor
    .cause = Kontoen har ingen andre faktor å fjerne, eller ingen som venter på å bli bekreftet.
    .cure = Les kontoen: second_factor_since sier om den har en. Begynn på nytt for å legge til en.

second_factor_missing = En andre faktor mangler
    .cause = Organisasjonen din krever en andre faktor av medlemmene, og denne økten ble begynt uten.
    .cure = Legg til en på kontoen din og bekreft den, om den ingen har; forny så økten.

second_factor_required = En kode kreves
    .cause = Passordet er riktig. Kontoen har en andre faktor, og koden ble ikke sendt med.
    .cure = Send forespørselen på nytt med koden fra autentiseringsappen, eller med en gjenopprettingskode.

send_application_json = Send JSON
    .cause = Innholdet er ikke merket som JSON.
    .cure = Send Content-Type: application/json. En PATCH kan også sende application/merge-patch+json.

send_unencoded = Send det ukodet
    .cause = Innholdet er komprimert eller kodet på en annen måte.
    .cure = Send innholdet som det er, uten Content-Encoding.

social_assessment_of_another_person = Den sosiale kartleggingen gjelder en annen
    .cause = Personen som henvisningen gjelder, er ikke den som er kartlagt.
    .cure = Kontroller social_assessment_id.

social_assessment_unknown_person = Personen er ukjent
    .cause = Det finnes ingen slik person i organisasjonen din, eller du har ikke tilgang til personen.
    .cure = Kontroller person_id.

stale = Det er endret siden du leste det
    .cause = Noen har endret det etter den versjonen du har.
    .cure = Les på nytt, se hva som er nytt, og send endringen din med den nye ETag-en.

system_client_already_exists = Navnet er allerede i bruk
    .cause = Organisasjonen din har allerede en systemklient med dette navnet.
    .cure = Velg et annet navn.

system_client_key_already_registered = Nøkkelen er allerede registrert
    .cause = Organisasjonen din har allerede registrert den samme offentlige nøkkelen.
    .cure = Lag et nytt nøkkelpar. Hver nøkkel registreres én gang.

system_client_key_unknown_client = Systemklienten er ukjent
    .cause = Det finnes ingen slik systemklient i organisasjonen din.
    .cure = Kontroller system_client_id.

text_does_not_cover_updates = Teksten dekker ikke oppdateringer
    .cause = Samtykket omfatter det som kommer senere, og teksten som skal vises, sier ikke det.
    .cure = Velg en tekst som dekker oppdateringer, eller lag et samtykke uten dem.

too_deep = JSON-innholdet har for mange nivåer
    .cause = Innholdet har mer enn { $max } nivåer inni hverandre.
    .cure = Send det med færre nivåer.

too_many_requests = For mange forespørsler
    .cause = Det kom for mange på kort tid. Prøv igjen om { $seconds } sekunder.
    .cure = Vent så lenge som Retry-After sier.

too_slow = Innholdet brukte for lang tid på å komme fram
    .cause = Forespørselen begynte, og resten kom ikke fram i tide.
    .cure = Send den på nytt, helst over en bedre forbindelse.

try_again = Prøv igjen
    .cause = Noen andre endret det samme i samme øyeblikk. Ingenting av forespørselen din ble utført.
    .cure = Send den samme forespørselen på nytt, med samme Idempotency-Key.

two_bases = Det er to grunnlag
    .cause = Både samtykke og hjemmel ble sendt, og det som sendes ut, har ett grunnlag.
    .cure = Send consent eller legal_basis_id, ikke begge.

unauthorised = Du er ikke logget inn
    .cause = Det som viser hvem du er, mangler, er feil eller gjelder ikke lenger.
    .cure = Logg inn eller hent et nytt token, og prøv igjen.

unavailable = Tjenesten er ikke tilgjengelig nå
    .cause = Vi kan ikke svare akkurat nå.
    .cure = Prøv igjen så snart Retry-After sier det, med samme Idempotency-Key.

unit_already_exists = Enheten finnes allerede
    .cause = Organisasjonen din har allerede en enhet med dette navnet.
    .cure = Bruk enheten som finnes, eller velg et annet navn.

unit_ends_before_it_starts = Enheten slutter før den begynner
    .cause = Den første dagen uten enheten må være senere enn dagen den begynte.
    .cure = Send en senere valid_to.

unit_needs_contact_point = Enheten trenger en kontaktperson
    .cause = Dette er enhetens siste kontaktpunkt, og kontaktskjemaer for nettverk som fortsatt er i gang, viser til enheten.
    .cure = Opprett et annet kontaktpunkt for enheten først.

unknown_consent_text = Samtykketeksten er ukjent
    .cause = Det finnes ingen tekst med denne koden, versjonen og språket.
    .cure = Kontroller text_code, text_version og språket. Utelat versjonen for å få den nyeste.

unknown_instrument = Instrumentet er ukjent
    .cause = Ingen instrument med denne koden og versjonen gjaldt i dette landet på dagen for kartleggingen.
    .cure = Kontroller instrument, instrument_version – GET /v1/instruments.

unknown_membership = Tilknytningen er ukjent
    .cause = Du har ikke denne tilknytningen, eller den er avsluttet.
    .cure = Velg en av tilknytningene som hører til kontoen din.

unknown_protection_level = Beskyttelsesnivået er ukjent
    .cause = Det finnes ikke noe slikt beskyttelsesnivå i landet ditt.
    .cure = Kontroller level mot reglene i landet ditt.

unknown_rule = Det finnes ingen slik regel
    .cause = Ingen regel med den koden gjelder i landet noen av disse dagene.
    .cure = List landets regler, og send koden til en av dem.

unmet_need_report_unknown_network = Nettverket er ukjent
    .cause = Du ser ikke noe slikt nettverk.
    .cure = Velg et nettverk du ser.

unmet_need_report_unknown_participant = Personen er ikke med i nettverket
    .cause = Meldingen gjelder en person som ikke deltar i nettverket nå.
    .cure = Velg en deltaker i nettverket, eller utelat personen.

unmet_need_report_unknown_unit = Enheten er ukjent
    .cause = Mottakeren har ingen slik enhet.
    .cure = List mottakerens enheter, og velg en av dem.

volunteer_not_prepared = Den frivillige er ikke klar
    .cause = En frivillig mangler en av de to opplæringene, eller har ikke underskrevet taushetserklæringen.
    .cure = Registrer det som mangler. Før det møter den frivillige ingen.

widening_needs_asking = Spør på nytt for å utvide
    .cause = Et samtykke kan bare snevres inn: dette ville dekke mer eller vare lenger.
    .cure = Lag et nytt samtykke, og spør personen.

witness_missing = Vitnet mangler
    .cause = Et samtykke som gis muntlig, krever et vitne.
    .cure = Oppgi i witness hvem som hørte det.

wrong_email_or_password = E-post eller passord er feil
    .cause = Det finnes ingen konto med denne e-postadressen og dette passordet.
    .cure = Skriv begge på nytt. Pass på store bokstaver og språket på tastaturet.

wrong_method = Metoden kan ikke brukes her
    .cause = Adressen finnes, men den tar ikke imot denne metoden.
    .cure = Bruk en av metodene i Allow.
