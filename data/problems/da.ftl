# Danish: what every problem is called, what causes it and what cures it; then the flaws of single fields.

account_already_exists = Kontoen findes allerede
    .cause = Nogen oprettede en konto med denne e-mailadresse i samme øjeblik.
    .cure = Send forespørgslen igen med adgangskoden til den konto.

account_has_no_password = Kontoen har ingen adgangskode
    .cause = Denne konto logger ikke ind med e-mail og adgangskode, så der er ingen adgangskode at ændre.
    .cure = Systemklienter logger ind med en nøgle: registrér en ny nøgle i stedet.

account_recovery_of_oneself = Det er din egen konto
    .cause = Ingen laver et link for at gendanne sin egen konto.
    .cure = Skift adgangskoden i stedet, eller spørg en anden administrator.

account_recovery_unknown_membership = Medlemmet er ukendt
    .cause = Medlemskabet findes ikke i din organisation.
    .cure = Vælg et medlem af din egen organisation.

agreement_needs_municipality_and_centre = Aftalen kræver en kommune og et center
    .cause = En samarbejdsaftale indgås mellem en kommune og et frivilligcenter eller en frivillig organisation.
    .cure = Vælg en modpart af den anden slags.

agreement_not_accepted = Aftalen er ikke accepteret af begge
    .cause = Begge sider skal acceptere aftalen, før metoden tages i brug.
    .cure = Bed den anden side acceptere aftalen, og accepter den selv.

agreement_not_ready = Ikke alt er på plads
    .cause = Dette mangler, før metoden kan tages i brug: { $missing }.
    .cure = Få det på plads, og meld det med set-readiness.

agreement_outside_its_period = Aftalen gælder ikke nu
    .cause = Perioden er ikke begyndt, eller den er forbi.
    .cure = Vent, til perioden begynder, eller lav en ny aftale.

agreement_unknown_item = Punktet er ukendt
    .cause = Metoden har ikke et sådant punkt på tjeklisten.
    .cure = Vælg et af punkterne i readiness.

agreement_unknown_method = Metoden er ukendt
    .cause = Der findes ingen metode med denne kode.
    .cure = Brug koden for en metode, der findes, såsom AKTIVE_SAMMEN_5.

already_left = Har allerede forladt netværket
    .cause = Deltageren eller den frivillige har allerede forladt netværket.
    .cure = Du behøver ikke gøre mere. Den, der kommer tilbage, føjes til netværket på ny.

already_taken_in = Forsendelsen er allerede taget ind
    .cause = Forsendelsen er allerede knyttet til en person i din organisation.
    .cure = Læs forsendelsen igen: person_id viser, hvem den er knyttet til.

archive_duty = Loven kræver, at det bevares
    .cause = Det, kommunen har modtaget, er ved at modtage eller har arkiveret, kan ikke slettes: loven siger, at det skal bevares.
    .cure = Lad det stå. Er noget forkert, rettes det med en ny version eller i arkivet.

archived_in_the_future = Arkiveringen ligger i fremtiden
    .cause = archived_at er senere end nu.
    .cure = Send det tidspunkt, hvor det blev arkiveret, eller udelad archived_at.

asked_too_soon = Det er for tidligt at spørge igen
    .cause = Personen har sagt nej til det samme, og den dag, hvor der må spørges igen, er ikke kommet.
    .cure = Vent til dagen i ask_again_from på det samtykke, der blev sagt nej til.

assessed_in_the_future = Kortlægningen ligger i fremtiden
    .cause = assessed_on er senere end i dag.
    .cure = Registrér kortlægningen, når den er lavet, eller ret datoen.

assessment_not_presented = Vurderingen er ikke forelagt personen
    .cause = Den, der ikke har fuld evne til at samtykke, skal have det at vide, og hvorfor.
    .cure = Tal med personen, og send dagen i presented_to_person_on.

assessment_not_yet_decided = Vurderingen ligger i fremtiden
    .cause = decided_on er senere end i dag.
    .cure = Registrér vurderingen, når den er foretaget, eller ret datoen.

bad_parameter = En parameter er forkert
    .cause = Adressen har en parameter, som ikke er kendt her, eller som har en værdi, der ikke kan bruges.
    .cure = Se på errors: der står, hvilke parametre det gælder, og hvad der er galt.

body_too_large = Indholdet er for stort
    .cause = Forespørgslen har mere indhold, end der tages imod her.
    .cure = Send mindre ad gangen.

briefing_already_held = Oplæringen er allerede registreret
    .cause = Oplæring i samme emne er allerede registreret for den frivillige denne dag.
    .cure = Du behøver ikke gøre mere, medmindre datoen eller emnet er forkert.

briefing_unknown_volunteer = Den frivillige er ukendt
    .cause = Der findes ingen sådan frivillig i din organisation.
    .cure = Kontrollér volunteer_id, eller registrér den frivillige først.

capacity_assessment_reviewed_before_decided = Ny vurdering kommer før afgørelsen
    .cause = review_on skal være senere end decided_on.
    .cure = Ret en af de to datoer.

capacity_assessment_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation.
    .cure = Kontrollér person_id, eller registrér personen først.

capacity_not_assessed = Evnen til at samtykke er ikke vurderet
    .cause = Der findes ingen vurdering, som gælder i dag og siger, at personen kan tage stilling til dette, eller den angivne vurdering er ikke den nyeste.
    .cure = Registrér en ny vurdering, eller udelad capacity_assessment_id for at bruge den nyeste. Kan personen ikke samtykke, kan en repræsentant med ret til det gøre det.

clarification_missing = Afklaringen mangler
    .cause = Den seneste afklaring af henvisningen skal sige, at der arbejdes videre, og personen eller en repræsentant skal være enig i den.
    .cure = Registrér en sådan afklaring, og prøv igen.

clarification_not_agreed = Ingen har erklæret sig enig i afklaringen
    .cause = En afklaring, der siger, at der arbejdes videre, kræver, at personen eller en repræsentant er enig.
    .cure = Sæt agreed_by_person, eller angiv repræsentanten i agreed_by_id.

clarification_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation.
    .cure = Kontrollér person_id: det er den person, henvisningen drejer sig om.

clarification_unknown_referral = Henvisningen er ukendt
    .cause = Henvisningen findes ikke, eller du har ikke adgang til den.
    .cure = Kontrollér referral_id.

code_is_wrong = Koden er forkert
    .cause = Det er ikke koden til den anden faktor på dette tidspunkt, eller den er brugt før: hver kode gælder én gang.
    .cure = Vent på den næste kode i autentificeringsappen, og se efter, at enhedens ur går rigtigt. Brug en gendannelseskode, hvis appen mangler.

collaboration_agreement_already_active = Der er allerede en metode
    .cause = De to organisationer har allerede en metode sammen, også selv om den er suspenderet.
    .cure = Afslut den aftale først.

collaboration_agreement_already_open = Der findes allerede en sådan aftale
    .cause = I har allerede et udkast til en aftale om denne metode.
    .cure = Fortsæt med den, eller afslut den først.

collaboration_agreement_ends_before_it_starts = Aftalen slutter, før den begynder
    .cause = valid_to er ikke efter valid_from.
    .cure = Ret datoerne.

confidentiality_declaration_already_signed = Tavshedserklæringen er allerede registreret
    .cause = Denne version af tavshedserklæringen er allerede registreret for den frivillige denne dag.
    .cure = Du behøver ikke gøre mere, medmindre datoen eller versionen er forkert.

confidentiality_declaration_signed_before_briefing = Underskrevet, før den blev forklaret
    .cause = Tavshedserklæringen skal forklares for den frivillige, før den underskrives.
    .cure = Kontrollér briefed_on og signed_on.

confidentiality_declaration_unknown_volunteer = Den frivillige er ukendt
    .cause = Der findes ingen sådan frivillig i din organisation.
    .cure = Kontrollér volunteer_id, eller registrér den frivillige først.

consent_does_not_cover = Samtykket dækker ikke det, der er valgt
    .cause = Der er valgt et felt af den sociale kortlægning i en kategori, som personen ikke har samtykket til.
    .cure = Vælg færre felter, eller bed om et samtykke, der dækker social_life eller support_needs. Forhåndsvisningen siger i uncovered, hvad der mangler.

consent_ends_before_it_starts = Samtykket slutter, før det begynder
    .cause = expires_at skal være senere end det tidspunkt, samtykket gælder fra.
    .cure = Ret valid_from eller expires_at.

consent_for_another_referral = Henvisningen er mellem andre
    .cause = Samtykket gælder en organisation, der ikke kender denne henvisning.
    .cure = Udelad referral_id: samtykket gælder den og det, som det nævner.

consent_required = Der kræves et samtykke
    .cause = Modtageren må ikke få noget at vide om personen uden et aktivt samtykke, der dækker det.
    .cure = Indhent først et samtykke til henvisningen til denne modtager. Et system, der fremsender en henvisning, sender samtykket med.

consent_to_oneself = Modtageren er din egen organisation
    .cause = Et samtykke drejer sig om, hvad en anden organisation får at vide, ikke din egen.
    .cure = Angiv den anden organisation i counterpart_organisation_id.

consent_unknown_organisation = Organisationen er ukendt
    .cause = Den organisation, der skal have oplysningerne, er ikke registreret her.
    .cure = Kontrollér counterpart_organisation_id i listen over organisationer.

consent_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation.
    .cure = Kontrollér subject_id, eller registrér personen først.

consent_unknown_referral = Henvisningen er ukendt
    .cause = Der findes ingen sådan henvisning i din organisation.
    .cure = Kontrollér referral_id, eller udelad feltet.

contact_form_already_exists = Kontaktskemaet findes allerede
    .cause = Deltageren har allerede et kontaktskema i dette netværk, som ikke er lukket.
    .cure = Skriv den næste version af det skema.

contact_form_is_unchanged = Kontaktskemaet er uændret
    .cause = Versionen siger det samme som den forrige.
    .cure = Ændr noget, eller behold den version, der står.

contact_form_of_another_network = Kontaktskemaet hører til et andet netværk
    .cause = Kontaktskemaet, eller det netværk, der er angivet i det, hører ikke til det netværk, det drejer sig om.
    .cure = Kontrollér skemaet og netværkets id i skemaet.

contact_form_signed_in_the_future = Skemaet er underskrevet i fremtiden
    .cause = signed_on er senere end i dag.
    .cure = Send den dag, det blev underskrevet.

contact_form_unknown_network = Netværket er ukendt
    .cause = Netværket findes ikke, eller du har ikke adgang til det.
    .cure = Kontrollér network_id.

contact_form_unknown_participant = Personen er ikke med i netværket
    .cause = Et kontaktskema skrives for en person, der deltager i netværket nu.
    .cure = Føj først personen til netværket, eller kontrollér person_id.

contact_form_unknown_unit = Enheden er ukendt
    .cause = En kommunal kontakt i skemaet henviser til en enhed, der ikke findes.
    .cure = Kontrollér unit_id hos de kommunale kontakter, eller udelad feltet.

contact_form_unknown_volunteer = Den frivillige er ikke med i netværket
    .cause = Skemaet opfører en frivillig, som ikke er med i netværket nu.
    .cure = Føj først den frivillige til netværket, eller tag vedkommende ud af skemaet.

contact_form_version_unknown_capacity_assessment = Vurderingen er ukendt
    .cause = Der findes ingen sådan vurdering af evnen til at samtykke i din organisation.
    .cure = Kontrollér capacity_assessment_id, eller udelad feltet.

contact_form_version_unknown_form = Kontaktskemaet er ukendt
    .cause = Kontaktskemaet findes ikke, eller du har ikke adgang til det.
    .cure = Kontrollér contact_form_id.

contact_form_version_unknown_signer = Den, der har underskrevet, er ukendt
    .cause = Der findes ingen sådan person i din organisation.
    .cure = Kontrollér signed_by_id, eller udelad feltet, hvis personen ikke er registreret.

contact_point_ends_before_it_starts = Kontaktpunktet slutter, før det begynder
    .cause = Den første dag uden kontaktpunktet skal være senere end den dag, det begyndte.
    .cure = Send en senere valid_to.

contact_point_substitutes_itself = Kontaktpunktet er sin egen stedfortræder
    .cause = Et kontaktpunkt kan ikke være stedfortræder for sig selv.
    .cure = Angiv et andet kontaktpunkt i substitute_id, eller intet.

contact_point_unknown_membership = Medarbejderen er ukendt
    .cause = Ingen i din organisation har denne tilknytning.
    .cure = Kontrollér membership_id, eller udelad feltet.

contact_point_unknown_substitute = Stedfortræderen er ukendt
    .cause = Der findes ikke noget sådant kontaktpunkt i din organisation.
    .cure = Kontrollér substitute_id, eller registrér stedfortræderen først.

contact_point_unknown_unit = Enheden er ukendt
    .cause = Der findes ingen sådan enhed i din organisation.
    .cure = Kontrollér unit_id.

conversation_already_held = Samtalen er allerede holdt
    .cause = En samtale, der er holdt, kan ikke ændres eller holdes en gang til.
    .cure = Planlæg en ny samtale.

conversation_missing = Samtalen mangler
    .cause = Der er ikke talt med personen i alle de samtaler, som metoden har før dette.
    .cure = Hold de samtaler, der er nævnt i errors, og registrer dem først.

conversation_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation.
    .cure = Kontrollér person_id: det er den person, henvisningen drejer sig om.

conversation_unknown_referral = Henvisningen er ukendt
    .cause = Henvisningen findes ikke, eller du har ikke adgang til den.
    .cure = Kontrollér referral_id.

conversation_unknown_step = Samtaletrinnet er ukendt
    .cause = Den metode, I havde sammen, da henvisningen blev sendt, har ingen sådan samtale.
    .cure = Se trinnene i GET /v1/methods, eller lad step være tomt.

counterpart_already_requested = Der er allerede anmodet eller godkendt
    .cause = Din organisation har allerede bedt om at måtte skrive til den anden.
    .cure = Find den i listen over samarbejdsparter: den afventer svar eller er godkendt.

counterpart_not_approved = Den anden organisation har ikke godkendt
    .cause = Intet kan sendes mellem de to organisationer, før den, der blev spurgt, har godkendt det.
    .cure = Spørg ved at oprette en samarbejdspart, og prøv igen, når det er godkendt.

counterpart_to_oneself = Det er din egen organisation
    .cause = En organisation kan ikke bede om at måtte skrive til sig selv.
    .cure = Angiv den anden organisation i counterpart_organisation_id.

counterpart_unknown_organisation = Organisationen er ukendt
    .cause = Den organisation, der bliver spurgt, er ikke registreret her.
    .cure = Kontrollér counterpart_organisation_id i listen over organisationer.

current_password_is_wrong = Den nuværende adgangskode er forkert
    .cause = Den adgangskode, der blev angivet som den nuværende, er ikke kontoens.
    .cure = Skriv den igen. Vær opmærksom på store bogstaver og tastaturets sprog.

delivery_is_not_a_referral = Forsendelsen er ikke en henvisning
    .cause = Kun en henvisning kan tages ind og knyttes til en person.
    .cure = Bekræft i stedet, at forsendelsen er modtaget.

delivery_missing = Sig, hvis kontaktskema det er
    .cause = Flere kontaktskemaer for dette netværk er sendt, og ingen henvisning siger, hvem de gælder.
    .cure = Angiv en forsendelse af personens kontaktskema (delivery_id).

delivery_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation, eller du har ikke adgang til personen.
    .cure = Kontrollér person_id, eller udelad feltet for at registrere en ny person ud fra forsendelsen.

delivery_without_name = Forsendelsen har intet navn
    .cause = En ny person kan ikke registreres ud fra en forsendelse, der ikke oplyser navnet.
    .cure = Registrér personen først, og send person_id.

flaw_another_contact = Det er netværkskontakten, og kun den, der anføres som netværkskontakt.
flaw_another_name = Den frivillige har et andet navn.
flaw_check_digit = Kontrolcifrene passer ikke: se efter en tastefejl.
flaw_control_character = Der er et kontroltegn i teksten.
flaw_date = Datoen i nummeret er ikke mulig.
flaw_does_not_know = Den, der er opført, skal først have det at vide, og hvad det skal bruges til.
flaw_duplicate = Det står der mere end én gang.
flaw_email = Det er ikke en e-mailadresse.
flaw_format = Nummeret har ikke den rigtige form.
flaw_in_the_future = Dagen er ikke kommet endnu.
flaw_item_length = Hver har 1 til { $max } tegn.
flaw_item_twice = Punktet står der mere end én gang.
flaw_missing = Det mangler.
flaw_network_contact_missing = Netværkskontakten er ikke anført.
flaw_not_a_code = En kode har kun bogstaverne a til z, cifre og understreger og begynder med et bogstav.
flaw_not_a_day = Skriv en dag som ÅÅÅÅ-MM-DD, fra { $min } til { $max }.
flaw_not_a_key = Det er ikke en offentlig nøgle på sin kurve.
flaw_not_an_etag = Send ETag fra det seneste svar, med anførselstegn.
flaw_not_an_id = Skriv et id med 36 tegn, som det blev givet.
flaw_not_an_instant = Skriv et tidspunkt efter RFC 3339, for eksempel 2026-11-01T10:00:00Z, fra { $min } til { $max }.
flaw_not_for_people = Denne rolle er for systemklienter, ikke for personer.
flaw_not_for_this_role = Det passer ikke til rollen.
flaw_not_held = Systemklienter kan ikke have denne adgang.
flaw_not_json = Det er ikke JSON: se på linje { $line }, kolonne { $column }.
flaw_not_of_instrument = Instrumentet har kun disse: { $expected }.
flaw_not_so_many_days = Den sidste dag er ikke før den første, og der vises højst { $max } dage ad gangen.
flaw_not_visible_ascii = Send 1 til 255 synlige ASCII-tegn.
flaw_other_country = Nummeret er fra et andet land.
flaw_other_kind = Nummeret er af en anden type.
flaw_personal_number = Nummeret er et personnummer.
flaw_protected = Beskyttelsen skjuler dette: udelad det.
flaw_refuses_all = På grund af dette element blev ingen af dem udført.
flaw_same_as_email = Adgangskoden er e-mailadressen.
flaw_test_number = Det er et testnummer, og her registreres virkelige personer.
flaw_too_early = Dagen er for tidlig: tidligst { $min }.
flaw_too_large = For stort: højst { $max }.
flaw_too_long = For langt: højst { $max }.
flaw_too_short = For kort: mindst { $min }.
flaw_too_small = For lille: mindst { $min }.
flaw_unknown_field = Der findes ikke noget sådant felt.
flaw_unknown_parameter = Der findes ingen sådan parameter.
flaw_unknown_value = Det skal være en af disse: { $expected }.
flaw_unreadable = Indholdet kunne ikke læses til ende.
flaw_wrong_type = { $expected ->
    [string] Det skal være tekst.
    [integer] Det skal være et heltal.
    [number] Det skal være et tal.
    [boolean] Det skal være sandt eller falsk (true eller false).
    [array] Det skal være en liste.
    [object] Det skal være et objekt.
   *[other] Det skal være { $expected }.
}
flaw_wrong_value = Denne værdi kan ikke bruges her.

event_unknown_sequence = Så langt er strømmen ikke nået
    .cause = Ingen hændelse her har dette nummer endnu: installationen er ført tilbage til en tidligere dag, eller nummeret er fra en anden strøm.
    .cure = Sammenlign det, du har gemt, med det, der findes her nu, og følg derefter strømmen fra begyndelsen.

follow_up_already_recorded = Denne del er allerede registreret
    .cause = Opfølgningen med personen, eller med netværkskontakten, er allerede registreret.
    .cure = Registrér den anden del, eller vent til næste opfølgning.

follow_up_not_held = Ingen har talt med personen endnu
    .cause = Den nævnte opfølgning er ikke holdt med personen.
    .cure = Registrér opfølgningen først, eller udelad follow_up_id.

follow_up_of_another_person = Opfølgningen gælder en anden
    .cause = Den person, målet gælder, er ikke med i det netværk, opfølgningen gælder.
    .cure = Kontrollér goal_id og follow_up_id.

forbidden = Du har ikke adgang til dette
    .cause = Dette kræver { $scope }, som din rolle eller dit token ikke giver.
    .cure = Spørg en med en rolle, der tillader det, eller bed om et token med denne adgang.

form_has_moved_on = Skemaet er kommet i en nyere version
    .cause = Version { $number } er den seneste. Din bygger på en ældre.
    .cure = Læs den seneste version, indarbejd dine ændringer i den, og send den med dens nummer i based_on.

functional_assessment_ends_before_it_starts = Kortlægningen slutter, før den begynder
    .cause = valid_to er før valid_from.
    .cure = Ret valid_from eller valid_to.

functional_assessment_stays_municipal = Funktionskortlægninger bliver i kommunen
    .cause = Kun en kommune har funktionskortlægninger: de er helbredsoplysninger, som ingen andre har brug for.
    .cure = Lad den blive hos kommunen. Hvad et frivilligcenter har brug for at vide, fortæller en henvisning af den sociale kortlægning.

functional_assessment_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation, eller du har ikke adgang til personen.
    .cure = Kontrollér person_id.

giver_may_not_consent = Vedkommende må ikke give dette samtykke
    .cause = Personen er for ung til at samtykke alene, eller den, der samtykker for personen, har ikke ret til det.
    .cure = Lad en, der har ret til det, samtykke: relationen til personen skal give retten, og for et barn skal det være en forælder eller værge.

goal_not_measured_then = Det kan ikke være målt da
    .cause = measured_on er før målet blev sat, eller senere end i dag.
    .cure = Ret measured_on.

goal_outcome_already_measured = Målet er allerede målt ved denne opfølgning
    .cause = Ved en opfølgning er der ét resultat af hvert mål.
    .cure = Udelad follow_up_id, eller vent til næste opfølgning.

goal_outcome_missing = Resultatet af et mål mangler
    .cause = Der er sat et mål for henvisningen, som der ikke er registreret noget resultat af.
    .cure = Registrér først et resultat af hvert mål for henvisningen.

goal_outcome_unknown_follow_up = Opfølgningen er ukendt
    .cause = Der findes ingen sådan opfølgning i din organisation, eller du har ikke adgang til den.
    .cure = Kontrollér follow_up_id.

goal_outcome_unknown_goal = Målet er ukendt
    .cause = Der findes ikke et sådant mål i din organisation, eller du har ikke adgang til det.
    .cure = Kontrollér goal_id.

goal_reviewed_before_set = Målet skal ses på igen, før det er sat
    .cause = review_on er ikke efter set_on.
    .cure = Ret set_on eller review_on.

goal_set_in_the_future = Målet er sat i fremtiden
    .cause = set_on er senere end i dag.
    .cure = Registrér målet, når det er sat, eller ret datoen.

goal_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation, eller du har ikke adgang til personen.
    .cure = Kontrollér person_id.

goal_unknown_referral = Henvisningen er ukendt
    .cause = Der findes ingen sådan henvisning i din organisation.
    .cure = Kontrollér referral_id.

guidance_request_unknown_network = Netværket er ukendt
    .cause = Du ser ikke et sådant netværk.
    .cure = Vælg et netværk, du kan se, eller udelad det.

guidance_request_unknown_unit = Enheden er ukendt
    .cause = Modtageren har ingen sådan enhed.
    .cure = List modtagerens enheder, og vælg en af dem.

held_in_the_future = Datoen ligger i fremtiden
    .cause = Det, der siges at være holdt, er senere end nu.
    .cure = Registrer det, når det er holdt, eller ret datoen.

idempotency_key_required = Idempotency-Key mangler
    .cause = Denne forespørgsel opretter eller ændrer noget, og det fremgår ikke, om den er sendt før.
    .cure = Send en ny og unik Idempotency-Key med hver ny forespørgsel, og den samme, når du gentager den.

idempotency_key_reused = Denne Idempotency-Key er allerede brugt
    .cause = Den samme nøgle er brugt til en anden forespørgsel.
    .cure = Brug en ny nøgle til en ny forespørgsel. En forespørgsel gentages kun, som den var.

identifier_not_active = Identitetsnummeret er ikke længere i brug
    .cause = Identitetsnummeret er allerede erstattet eller ophørt.
    .cure = Erstat det nummer, der er aktivt nu.

identity_numbers_not_kept = Identitetsnumre opbevares ikke her
    .cause = Din organisation opbevarer ikke cpr-numre eller andre nationale identitetsnumre.
    .cure = Registrér personen uden nummeret.

if_match_required = If-Match mangler
    .cause = Det, der ændres, skal være den version, du har læst, og forespørgslen siger ikke hvilken.
    .cure = Læs den, og send dens ETag som If-Match.

illegal_move = Det kan ikke gøres nu
    .cause = { $action } er ikke muligt, når tilstanden er { $state }.
    .cure = Læs igen, og vælg noget af det, der står i allowed_actions.

internal = Noget gik galt hos os
    .cause = Der opstod en fejl hos os. Der er ikke noget galt med din forespørgsel.
    .cure = Prøv igen senere. Sker det igen, så meld det med nummeret i instance.

invalid = Noget i forespørgslen er forkert
    .cause = Forespørgslen kan læses, men et eller flere felter kan ikke være rigtige.
    .cure = Se på errors: der peges på hvert felt, og der står, hvad der er galt.

invitation_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation.
    .cure = Kontrollér person_id, eller registrér personen først.

invitation_unknown_unit = Enheden er ukendt
    .cause = Der findes ingen sådan enhed i din organisation.
    .cure = Kontrollér unit_id.

invitation_unknown_volunteer = Den frivillige er ukendt
    .cause = Der findes ingen sådan frivillig i din organisation.
    .cure = Kontrollér volunteer_id, eller registrér den frivillige først.

last_admin = Det er den sidste administrator
    .cause = Uden en administrator er der ingen i organisationen, der kan invitere den næste.
    .cure = Invitér først en anden administrator.

legal_basis_decided_by_another_role = En anden rolle afgør dette
    .cause = Reglen for denne paragraf lader { $roles } afgøre.
    .cure = Lad nogen i en sådan rolle afgøre det, eller angiv en anden paragraf.

legal_basis_does_not_cover = Paragraffen dækker ikke det hele
    .cause = Paragraffen tillader ikke, at denne modtager får alle de typer og kategorier, der blev sendt.
    .cure = Angiv færre typer eller kategorier, en anden modtager eller en anden paragraf, eller bed om samtykke.

legal_basis_ends_before_it_starts = Hjemlen slutter, før den begynder
    .cause = Periodens slutning ligger ikke efter dens begyndelse.
    .cure = Send en slutning, der er senere end begyndelsen.

legal_basis_to_oneself = En hjemmel gælder en anden organisation
    .cause = Det, din egen organisation ved, behøver ingen hjemmel for at blive der.
    .cure = Angiv den organisation, der skal have oplysningerne.

legal_basis_unknown_organisation = Ukendt organisation
    .cause = Der er ingen organisation med det id, der blev sendt.
    .cure = Slå den op med GET /v1/organisations.

legal_basis_unknown_person = Ukendt person
    .cause = Der er ingen sådan person, som du kan se.
    .cure = Slå personen op, eller registrér vedkommende først.

legal_basis_unknown_referral = Ukendt henvisning
    .cause = Der er ingen sådan henvisning i din organisation.
    .cure = Slå den op, eller udelad referral_id.

legal_basis_unknown_rule = Ingen sådan regel gælder
    .cause = Ingen regel med den kode gælder her i dag. Disse gælder: { $codes }.
    .cure = Send en af disse koder.

link_has_ended = Relationen er allerede afsluttet
    .cause = Relationen mellem de to personer er allerede forbi.
    .cure = Du behøver ikke gøre mere. Registrér en ny relation, hvis der er en igen.

log_entry_already_corrected = Notatet er allerede rettet
    .cause = Et andet notat retter det allerede.
    .cure = Læs loggen igen, og ret det notat, der rettede det.

log_entry_already_shared = Notatet er allerede delt
    .cause = Det er sendt til kommunen eller venter på at blive det.
    .cure = Du behøver ikke gøre mere. Se videregivelserne for, hvor langt det er nået.

log_entry_corrected_otherwise = Rettelsen går en anden vej
    .cause = En rettelse drejer sig om samme person og deles på samme måde som det notat, den retter.
    .cure = Brug person_id og share_with_municipality fra notatet.

log_entry_is_final = Notatet er endeligt
    .cause = Det, der er endeligt i en log, bliver stående, som det blev skrevet.
    .cure = Skriv et nyt notat, der retter det, med correction_of_id. Begge bevares.

log_entry_is_not_shared = Notatet skal ikke deles
    .cause = share_with_municipality er no.
    .cure = Lad det være, eller skriv et nyt notat, der må deles.

log_entry_unknown_entry = Notatet, der skal rettes, er ukendt
    .cause = correction_of_id er intet notat i dette netværks log, som du kan rette.
    .cure = Vælg et notat i samme netværk. En frivillig retter kun sine egne.

log_entry_unknown_network = Netværket er ukendt
    .cause = Netværket findes ikke i din organisation, eller du er ikke med i det.
    .cure = Vælg et netværk, som du kan se.

log_entry_unknown_person = Personen er ikke med i netværket
    .cause = person_id er ingen af dem, netværket er for nu.
    .cure = Vælg en deltager i netværket, eller lad feltet stå tomt.

log_entry_without_person = Det er ikke sagt, hvem notatet handler om
    .cause = Kommunen får kun at vide, hvad der gælder en deltager, og med grundlag for netop den.
    .cure = Angiv person_id, eller sæt share_with_municipality til no.

log_review_ends_before_it_starts = Perioden slutter, før den begynder
    .cause = to_on er før from_on.
    .cure = Ret dagene.

log_review_unknown_network = Netværket er ukendt
    .cause = Netværket findes ikke i din organisation.
    .cure = Vælg et netværk i din egen organisation.

looser_than_the_law = Loven siger mere
    .cause = { $code } er en lovregel og giver { $law } ({ $source }): en organisation kan ikke give mindre til dem, den beskytter.
    .cure = Gør reglen mindst lige så streng som loven, eller udelad den.

malformed = Forespørgslen kan ikke læses
    .cause = Indholdet eller et headerfelt er ikke skrevet, som det skal være.
    .cure = Se på errors: der står hvor, og hvad der forventes. Indhold er JSON i UTF-8.

membership_already_exists = Tilknytningen findes allerede
    .cause = Kontoen har allerede denne rolle i organisationen.
    .cure = Log ind med den tilknytning, der findes.

membership_unknown_unit = Enheden er ukendt
    .cause = Der findes ingen sådan enhed i din organisation.
    .cure = Kontrollér unit_id.

municipal_contact_missing = Den kommunale kontakt mangler
    .cause = En deltager modtager hjælp fra kommunen, og kontaktskemaet angiver ingen kommunal kontakt.
    .cure = Angiv mindst én kommunal kontakt i kontaktskemaet.

municipality_code_is_not_in_force = Kommunekoden gælder ikke
    .cause = En kommune skal have en kommunekode, og koden skal gælde i dag.
    .cure = Find den kode, der gælder i dag: kommuner lægges sammen og får nye koder.

network_change_ends_before_it_starts = Det slutter, før det begynder
    .cause = to_on er før from_on.
    .cure = Ret dagene.

network_change_unknown_network = Netværket er ukendt
    .cause = Det er ikke dit netværk, og din organisation har ikke fået kontaktskemaet for det til en enhed, du er i.
    .cure = Vælg et netværk, som du er med i.

network_change_unknown_person = Personen er ukendt
    .cause = person_id er ingen i din organisation.
    .cure = Vælg en person, der er registreret hos jer.

network_contact_missing = Netværkskontakten mangler
    .cause = Et aktivt netværk skal have en frivillig, der er netværkskontakt.
    .cure = Gør en af de frivillige til netværkskontakt.

network_has_ended = Netværket er afsluttet
    .cause = Den anden side har fortalt din organisation, at netværket er afsluttet.
    .cure = Kontakt koordinatoren på telefon, eller meld behovet på ny.

network_has_one_contact = Netværket har allerede en kontakt
    .cause = Et netværk har én netværkskontakt, og det har en i forvejen.
    .cure = Tilføj den frivillige uden denne opgave, eller flyt den til vedkommende med make-contact.

network_message_unknown_network = Netværket er ukendt
    .cause = Det er ikke dit netværk, og din organisation har ikke fået kontaktskemaet for det til en enhed, du er i.
    .cure = Vælg et netværk, som du er med i.

network_message_unknown_person = Personen er ukendt
    .cause = person_id er ingen i din organisation.
    .cure = Vælg en person, der er registreret hos jer.

network_missing = Der findes intet aktivt netværk
    .cause = Forløbet kan starte, når et netværk omkring personen er aktivt.
    .cure = Aktivér først et netværk, der hører til henvisningen.

network_participant_already_in = Deltageren er allerede med i netværket
    .cause = Personen deltager i forvejen i dette netværk.
    .cure = Du behøver ikke gøre mere.

network_participant_missing = Netværket har ingen deltager
    .cause = Et aktivt netværk skal have mindst én deltager.
    .cure = Tilføj den person, netværket er til for.

network_participant_unknown_network = Netværket er ukendt
    .cause = Netværket findes ikke, eller du har ikke adgang til det.
    .cure = Kontrollér network_id.

network_participant_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation.
    .cure = Kontrollér person_id, eller registrér personen først.

network_unknown_referral = Henvisningen er ukendt
    .cause = Der findes ingen sådan henvisning i din organisation.
    .cure = Kontrollér referral_id, eller udelad feltet.

network_volunteer_already_in = Den frivillige er allerede med i netværket
    .cause = Den frivillige er i forvejen med i dette netværk.
    .cure = Du behøver ikke gøre mere.

network_volunteer_unknown_network = Netværket er ukendt
    .cause = Netværket findes ikke, eller du har ikke adgang til det.
    .cure = Kontrollér network_id.

network_volunteer_unknown_volunteer = Den frivillige er ukendt
    .cause = Der findes ingen sådan frivillig i din organisation.
    .cure = Kontrollér volunteer_id, eller registrér den frivillige først.

new_version_missing = Den nye version af skemaet mangler
    .cause = Opfølgningen siger, at noget skal justeres, og det, der justeres, står i kontaktskemaet.
    .cure = Send den næste version af skemaet i contact_form_version.

no_body_expected = Der ventes ingen data her
    .cause = Denne forespørgsel behøver ingen data, men har det med.
    .cure = Send den uden indhold.

no_coordinator = Ingen koordinator
    .cause = Ingen rutningsregel passer til henvisningen, eller modtageren er ikke godkendt.
    .cure = Angiv modtageren i counterpart_organisation_id, eller lav en rutningsregel.

not_acceptable = Formatet findes ikke her
    .cause = Forespørgslen accepterer kun formater, der ikke findes her.
    .cure = Udelad Accept, eller angiv application/json deri.

not_found = Her er ingenting
    .cause = Det findes ikke, eller du har ikke adgang til det.
    .cure = Kontrollér adressen og id'et.

not_waiting_for_approval = Den afventer ikke godkendelse
    .cause = Videregivelsen er standset af en anden grund, og den ændres ikke af en godkendelse.
    .cure = Se på blocked_reason. Mangler samtykket, skal det indhentes.

not_yet_settled = Den er ikke færdigbehandlet
    .cause = Afsenderen skal vide, hvad der blev af forsendelsen, før den kan slettes.
    .cure = Arkivér den, eller afvis den.

not_yours = Du kan ikke skrive her
    .cause = Du kan ikke skrive dette her: det hører til en anden enhed eller organisation eller til nogen, du ikke arbejder med.
    .cure = Kontrollér id'erne i forespørgslen. Spørg ellers den, der har sagen.

nothing_to_change = Der er intet at ændre
    .cause = Forespørgslen nævner ikke noget, der skal være anderledes.
    .cure = Send mindst ét felt, der skal ændres.

occurred_in_the_future = Det er ikke sket endnu
    .cause = Tidspunktet ligger ude i fremtiden.
    .cure = Skriv det, når det er sket, eller ret tidspunktet.

offer_already_disclosed = Det er allerede fortalt
    .cause = Organisationen, der tog imod, har fået at vide, hvem tilbuddet gælder.
    .cure = Se på den videregivelse, som disclosure_id nævner. Er den standset, sender et samtykke den på ny.

offer_pool_is_empty = Der er ingen at spørge
    .cause = Ingen organisation ud over afsenderen og myndigheder har godkendt, at din skriver til den.
    .cure = Bed organisationer om at godkende din som modpart, eller sæt henvisningen på venteliste.

offer_recipients_missing = Hvem tilbydes det til?
    .cause = Et tilbud nævner organisationer eller går til den åbne kreds: et af de to.
    .cure = Send organisation_ids, eller open_pool som true.

offer_reply_in_the_past = Svarfristen er udløbet
    .cause = reply_by_on er før i dag.
    .cure = Angiv en senere dag, eller udelad reply_by_on.

offer_to_oneself = Tilbuddet er til din egen organisation
    .cause = Et behov tilbydes andre organisationer.
    .cure = Udelad din egen fra organisation_ids. Det, I selv beholder, accepterer I.

offer_to_the_sender = Tilbuddet er til den, der bad om hjælp
    .cause = Organisationen, der sendte henvisningen, kan ikke få den tilbudt.
    .cure = Angiv andre organisationer, eller vis henvisningen videre eller afslå den.

offer_unknown_organisation = Organisationen er ukendt
    .cause = En organisation, der er nævnt, er ikke registreret her.
    .cure = Kontrollér organisation_ids mod listen over organisationer.

only_for_staff = Kun ansatte skriver dette
    .cause = Et af felterne er til det, ansatte skriver for sig selv.
    .cure = Udelad feltet.

organisation_number_is_wrong = Organisationsnummeret er forkert
    .cause = Det er ikke et gyldigt organisationsnummer eller cvr-nummer i det angivne land.
    .cure = Kontrollér nummeret og landet.

organisation_rule_already_exists = Der er allerede en sådan regel
    .cause = En regel i organisationen med samme navn og tilbud gælder nogle af disse dage.
    .cure = Afslut den først, eller begynd, når den er ophørt.

organisation_rule_ends_before_it_starts = Reglen ophører, før den begynder
    .cause = valid_to er den første dag, hvor reglen ikke længere gælder, og er ikke efter valid_from.
    .cure = Send en senere valid_to.

other_organisations_must_agree = Andre organisationer skal være enige
    .cause = Kontoen er også medlem af andre organisationer, og en ny adgangskode åbner dem alle.
    .cure = Få et link fra en administrator i hver organisation, og send koderne fra alle links samlet.

outside_target_group = Personen er uden for målgruppen
    .cause = Den seneste afklaring siger, at personen er uden for målgruppen, så henvisningen kan ikke tages imod.
    .cure = Afslå henvisningen, eller vis den videre, eller registrér en ny afklaring, hvis det har ændret sig.

password_length = Adgangskoden har forkert længde
    .cause = En adgangskode har { $min } til { $max } tegn.
    .cure = Vælg en anden. Nogle ord i rækkefølge er lette at huske.

period_is_over = Perioden er forbi
    .cause = Samtykket ville allerede være udløbet: expires_at er passeret.
    .cure = Lav et nyt samtykke med en senere expires_at.

person_identifier_already_registered = Identitetsnummeret er allerede registreret
    .cause = Personen har allerede dette nummer, måske skrevet på en anden måde.
    .cure = Du behøver ikke gøre noget: læs personens numre.

person_identifier_belongs_to_another = Identitetsnummeret er allerede registreret
    .cause = Nummeret er allerede registreret i din organisation, på en anden person eller på denne.
    .cure = Søg på nummeret for at finde personen. Registrér ikke den samme person to gange.

person_identifier_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation.
    .cure = Kontrollér person_id, eller registrér personen først.

person_is_not_protected = Personen er ikke beskyttet
    .cause = Der er ingen beskyttelse at åbne eller afslutte.
    .cure = Du behøver ikke gøre mere. Oplysningerne står på personen.

person_is_protected = Personen har beskyttet identitet
    .cause = Det, der identificerer personen, hverken vises eller ændres her, så længe identiteten er beskyttet.
    .cure = Den, der har adgang, kan læse de beskyttede oplysninger til et angivet formål. Skal de ændres, må beskyttelsen afsluttes først.

person_link_already_exists = Relationen findes allerede
    .cause = De to personer har allerede en sådan relation, som ikke er afsluttet.
    .cure = Ret den relation, eller afslut den først.

person_link_ends_before_it_starts = Relationen slutter, før den begynder
    .cause = valid_to skal være senere end valid_from.
    .cure = Ret en af de to datoer.

person_link_to_oneself = Det er den samme person
    .cause = En person kan ikke være pårørende eller repræsentant for sig selv.
    .cure = Angiv en anden person i related_person_id.

person_link_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation.
    .cure = Kontrollér person_id, eller registrér personen først.

person_link_unknown_related_person = Den pårørende er ukendt
    .cause = Der findes ingen sådan person i din organisation.
    .cure = Kontrollér related_person_id, eller registrér den pårørende eller repræsentanten først.

person_missing = Personen mangler
    .cause = Forespørgslen siger ikke, hvem henvisningen drejer sig om.
    .cure = Send person, eller person_id for en, der er kendt.

person_unknown_responsible = Den ansvarlige er ukendt
    .cause = Ingen i din organisation har denne tilknytning.
    .cure = Kontrollér responsible_id, eller udelad feltet.

person_unknown_unit = Enheden er ukendt
    .cause = Der findes ingen sådan enhed i din organisation.
    .cure = Kontrollér unit_id, eller udelad feltet.

protected_identity = Personens identitet er beskyttet
    .cause = Der blev sendt noget, som beskyttelsesniveauet skjuler.
    .cure = Udelad de felter, svaret peger på.

protected_needs_second_person = En anden skal godkende
    .cause = Det er ikke for den, der skrev det eller beskyttede personen, og heller ikke for den, der ville se mere af det.
    .cure = Lad en anden godkende det.

protection_ends_before_it_starts = Beskyttelsen slutter, før den begynder
    .cause = protected_until skal være senere end i dag.
    .cure = Send en senere dag, eller udelad protected_until, hvis der ikke er sat nogen slutning.

protection_lapses_earlier = Beskyttelsen bortfalder tidligere
    .cause = En beskyttelse på dette niveau varer ikke så længe, som du bad om.
    .cure = Send en tidligere dag, og forny beskyttelsen i tide.

recipient_missing = Modtageren mangler
    .cause = Et behov, som kommunen melder, sendes til en modtager. Det, der bliver i din egen organisation, er meldt af en anden.
    .cure = Angiv modtageren i counterpart_organisation_id, eller vælg en anden source_channel.

referral_already_open = Personen har allerede en sådan henvisning
    .cause = En henvisning af personen til samme tilbud er allerede i gang.
    .cure = Fortsæt med den henvisning, eller afslut den først.

referral_already_pushed = Henvisningen findes allerede
    .cause = En henvisning med samme id fra samme system er registreret med et andet indhold.
    .cure = Ret den henvisning, der findes, eller brug en ny external_id.

referral_chooses_of_nothing = Et valg kræver en social kortlægning og felter
    .cause = social_assessment_id og social_fields hører sammen: den ene er sendt, eller står tilbage, uden den anden.
    .cure = Send begge, eller træk begge tilbage med null og en tom liste.

referral_has_ended = Henvisningen er afsluttet
    .cause = En henvisning, der er afsluttet, ændres ikke længere.
    .cure = Lav en ny henvisning. Genåbning kopierer denne til en ny kladde.

referral_not_accepted = Henvisningen er ikke accepteret
    .cause = Et netværk bliver aktivt for en henvisning, der er accepteret eller står på venteliste; denne gør det ikke eller er afsluttet.
    .cure = Tal med personen, afklar og accepter henvisningen først.

referral_of_another_person = Henvisningen drejer sig om en anden
    .cause = Den angivne person er ikke den, henvisningen drejer sig om.
    .cure = Kontrollér person_id og referral_id.

referral_to_oneself = Modtageren er din egen organisation
    .cause = En henvisning sendes til en anden organisation eller bliver her uden modtager.
    .cure = Angiv den anden organisation i counterpart_organisation_id, eller udelad feltet.

referral_unknown_cared_for_person = Den, der drages omsorg for, er ukendt
    .cause = Der findes ingen sådan person i din organisation.
    .cure = Kontrollér cared_for_person_id, eller udelad feltet.

referral_unknown_legal_basis = Ukendt hjemmel
    .cause = Der er ingen sådan hjemmel i din organisation.
    .cure = Slå den op med GET /v1/legal-bases, eller send et samtykke.

referral_unknown_organisation = Modtageren er ukendt
    .cause = Den organisation, der er angivet som modtager, er ikke registreret her.
    .cure = Kontrollér counterpart_organisation_id i listen over organisationer.

referral_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation, eller du har ikke adgang til personen.
    .cure = Kontrollér person_id, eller registrér personen først.

referral_unknown_social_assessment = Den sociale kortlægning er ukendt
    .cause = Der findes ingen sådan social kortlægning i din organisation, eller du har ikke adgang til den.
    .cure = Kontrollér social_assessment_id.

referral_unknown_unit = Enheden er ukendt
    .cause = Der findes ingen sådan enhed i din organisation.
    .cure = Kontrollér unit_id, eller sent_by_unit_id, når et system fremsender henvisningen.

representative_without_mandate = Den pårørende må ikke underskrive
    .cause = En pårørende underskriver ud fra en vurdering af personens evne til at samtykke eller en relation, der giver ret til at samtykke.
    .cure = Angiv vurderingen i capacity_assessment_id eller den pårørende i signed_by_id.

representative_without_right = Repræsentanten har ikke ret til at samtykke
    .cause = Ingen af personens relationer giver denne repræsentant ret til at samtykke i dag.
    .cure = Registrér relationen med ret til at samtykke, eller angiv en anden repræsentant.

responsibility_already_borne = En enhed har allerede dette ansvar
    .cause = Personen har allerede en ansvarlig enhed på dette område.
    .cure = Afslut det ansvar først.

responsibility_not_ended_formally = Ansvaret er ikke afsluttet formelt
    .cause = At en frivillig er fundet, afslutter ikke i sig selv det, personen har krav på. Det mangler, at personen er enig, eller at afgørelsen er formelt ændret.
    .cure = Registrer, at personen er enig, og afgørelsen, der ændrede det, med dato.

responsibility_unknown_person = Personen er ukendt
    .cause = Du ser ingen sådan person.
    .cure = Kontrollér person_id.

responsibility_unknown_unit = Enheden er ukendt
    .cause = Der findes ingen sådan enhed i din organisation.
    .cure = Kontrollér responsible_unit_id.

review_in_the_past = Dagen for gennemgang ligger ikke fremme
    .cause = review_on er i dag eller før.
    .cure = Angiv en senere dag.

routing_rule_ends_before_it_starts = Reglen slutter, før den begynder
    .cause = valid_to er ikke efter valid_from.
    .cure = Ret datoerne.

rule_does_not_fit = Det er ikke det, en sådan regel siger
    .cause = En frist har length og unit, en alder har years, en fridag har name og enten month_day eller days_after_easter og intet tilbud.
    .cure = Send felterne for denne slags regel og ingen andre.

second_factor_already_exists = Der er allerede en anden faktor
    .cause = Kontoen har en anden faktor, eller en er ved at blive tilføjet lige nu.
    .cure = Fjern den først, med adgangskoden og en kode.

second_factor_does_not_exist = Der er ingen sådan anden faktor
    .cause = Kontoen har ingen anden faktor at fjerne, eller ingen, der venter på at blive bekræftet.
    .cure = Læs kontoen: second_factor_since siger, om den har en. Begynd forfra for at tilføje en.

second_factor_missing = En anden faktor mangler
    .cause = Din organisation kræver en anden faktor af sine medlemmer, og denne session er begyndt uden.
    .cure = Tilføj en til din konto og bekræft den, hvis den ingen har; forny så sessionen.

second_factor_required = En kode er påkrævet
    .cause = Adgangskoden er rigtig. Kontoen har en anden faktor, og dens kode blev ikke sendt med.
    .cure = Send forespørgslen igen med koden fra autentificeringsappen eller med en gendannelseskode.

send_application_json = Send JSON
    .cause = Indholdet er ikke mærket som JSON.
    .cure = Send Content-Type: application/json. En PATCH kan også sende application/merge-patch+json.

send_unencoded = Send det ukodet
    .cause = Indholdet er komprimeret eller kodet på en anden måde.
    .cure = Send indholdet, som det er, uden Content-Encoding.

social_assessment_of_another_person = Den sociale kortlægning gælder en anden
    .cause = Den person, henvisningen gælder, er ikke den, der er kortlagt.
    .cure = Kontrollér social_assessment_id.

social_assessment_unknown_person = Personen er ukendt
    .cause = Der findes ingen sådan person i din organisation, eller du har ikke adgang til personen.
    .cure = Kontrollér person_id.

stale = Det er ændret, siden du læste det
    .cause = Nogen har ændret det efter den version, du har.
    .cure = Læs igen, se, hvad der er nyt, og send din ændring med det nye ETag.

system_client_already_exists = Navnet er allerede i brug
    .cause = Din organisation har allerede en systemklient med dette navn.
    .cure = Vælg et andet navn.

system_client_key_already_registered = Nøglen er allerede registreret
    .cause = Din organisation har allerede registreret den samme offentlige nøgle.
    .cure = Lav et nyt nøglepar. Hver nøgle registreres én gang.

system_client_key_unknown_client = Systemklienten er ukendt
    .cause = Der findes ingen sådan systemklient i din organisation.
    .cure = Kontrollér system_client_id.

text_does_not_cover_updates = Teksten dækker ikke opdateringer
    .cause = Samtykket omfatter det, der kommer senere, og den tekst, der skal vises, siger det ikke.
    .cure = Vælg en tekst, der dækker opdateringer, eller lav et samtykke uden dem.

too_deep = JSON-indholdet har for mange niveauer
    .cause = Indholdet har mere end { $max } niveauer inden i hinanden.
    .cure = Send det med færre niveauer.

too_many_requests = For mange forespørgsler
    .cause = Der kom for mange på kort tid. Prøv igen om { $seconds } sekunder.
    .cure = Vent så længe, som Retry-After siger.

too_slow = Indholdet var for længe undervejs
    .cause = Forespørgslen begyndte, og resten kom ikke frem i tide.
    .cure = Send den igen, helst over en bedre forbindelse.

try_again = Prøv igen
    .cause = En anden ændrede det samme i samme øjeblik. Intet af din forespørgsel blev udført.
    .cure = Send den samme forespørgsel igen, med samme Idempotency-Key.

two_bases = Der er to grundlag
    .cause = Både samtykke og hjemmel blev sendt, og det, der går ud, har ét grundlag.
    .cure = Send consent eller legal_basis_id, ikke begge.

unauthorised = Du er ikke logget ind
    .cause = Det, der viser, hvem du er, mangler, er forkert eller gælder ikke længere.
    .cure = Log ind, eller hent et nyt token, og prøv igen.

unavailable = Tjenesten er ikke tilgængelig nu
    .cause = Vi kan ikke svare lige nu.
    .cure = Prøv igen, så snart Retry-After siger det, med samme Idempotency-Key.

unit_already_exists = Enheden findes allerede
    .cause = Din organisation har allerede en enhed med dette navn.
    .cure = Brug den enhed, der findes, eller vælg et andet navn.

unit_ends_before_it_starts = Enheden slutter, før den begynder
    .cause = Den første dag uden enheden skal være senere end den dag, den begyndte.
    .cure = Send en senere valid_to.

unit_needs_contact_point = Enheden har brug for en kontaktperson
    .cause = Dette er enhedens sidste kontaktpunkt, og kontaktskemaer for netværk, som stadig er i gang, henviser til enheden.
    .cure = Opret først et andet kontaktpunkt for enheden.

unknown_consent_text = Samtykketeksten er ukendt
    .cause = Der findes ingen tekst med denne kode, version og dette sprog.
    .cure = Kontrollér text_code, text_version og sproget. Udelad versionen for at få den nyeste.

unknown_instrument = Instrumentet er ukendt
    .cause = Intet instrument med denne kode og version gjaldt i dette land på dagen for kortlægningen.
    .cure = Kontrollér instrument, instrument_version – GET /v1/instruments.

unknown_membership = Tilknytningen er ukendt
    .cause = Du har ikke denne tilknytning, eller den er afsluttet.
    .cure = Vælg en af de tilknytninger, der hører til din konto.

unknown_protection_level = Beskyttelsesniveauet er ukendt
    .cause = Der findes ikke noget sådant beskyttelsesniveau i dit land.
    .cure = Kontrollér level i forhold til reglerne i dit land.

unknown_rule = Der er ingen sådan regel
    .cause = Ingen regel med den kode gælder i landet nogen af disse dage.
    .cure = Hent listen over landets regler, og send koden for en af dem.

unmet_need_report_unknown_network = Netværket er ukendt
    .cause = Du ser ikke et sådant netværk.
    .cure = Vælg et netværk, du kan se.

unmet_need_report_unknown_participant = Personen er ikke med i netværket
    .cause = Meldingen gælder en person, som ikke deltager i netværket nu.
    .cure = Vælg en deltager i netværket, eller udelad personen.

unmet_need_report_unknown_unit = Enheden er ukendt
    .cause = Modtageren har ingen sådan enhed.
    .cure = List modtagerens enheder, og vælg en af dem.

volunteer_not_prepared = Den frivillige er ikke klar
    .cause = En frivillig mangler en af de to oplæringer eller har ikke underskrevet tavshedserklæringen.
    .cure = Registrér det, der mangler. Før det møder den frivillige ingen.

widening_needs_asking = Spørg igen for at udvide
    .cause = Et samtykke kan kun indsnævres: dette ville dække mere eller vare længere.
    .cure = Lav et nyt samtykke, og spørg personen.

witness_missing = Vidnet mangler
    .cause = Et samtykke, der gives mundtligt, kræver et vidne.
    .cure = Angiv i witness, hvem der hørte det.

wrong_email_or_password = E-mail eller adgangskode er forkert
    .cause = Der findes ingen konto med denne e-mailadresse og denne adgangskode.
    .cure = Skriv begge igen. Vær opmærksom på store bogstaver og tastaturets sprog.

wrong_method = Metoden kan ikke bruges her
    .cause = Adressen findes, men den tager ikke imod denne metode.
    .cure = Brug en af metoderne i Allow.
