# Norwegian Nynorsk: what every problem is called, what causes it and what cures it; then the flaws of single fields.

account_already_exists = Kontoen finst allereie
    .cause = Nokon oppretta ein konto med denne e-postadressa i same augneblinken.
    .cure = Send førespurnaden på nytt med passordet til den kontoen.

account_has_no_password = Kontoen har ikkje passord
    .cause = Denne kontoen loggar ikkje inn med e-post og passord, så det er ikkje noko passord å endre.
    .cure = Systemklientar loggar inn med ein nøkkel: registrer ein ny nøkkel i staden.

account_recovery_of_oneself = Det er din eigen konto
    .cause = Ingen lagar ei lenkje for å gjenopprette sin eigen konto.
    .cure = Endre passordet i staden, eller spør ein annan administrator.

account_recovery_unknown_membership = Medlemen er ukjend
    .cause = Medlemskapen finst ikkje i organisasjonen din.
    .cure = Vel ein medlem av din eigen organisasjon.

agreement_needs_municipality_and_centre = Avtalen treng ein kommune og ein sentral
    .cause = Ein samarbeidsavtale blir inngått mellom ein kommune og ein frivilligsentral eller frivillig organisasjon.
    .cure = Vel ein motpart av det andre slaget.

agreement_not_accepted = Avtalen er ikkje godteken av begge
    .cause = Begge sider må godta avtalen før metoden blir teken i bruk.
    .cure = Be den andre sida godta avtalen, og godta han sjølv.

agreement_not_ready = Ikkje alt er på plass
    .cause = Dette manglar før metoden kan takast i bruk: { $missing }.
    .cure = Få det på plass, og meld det med set-readiness.

agreement_outside_its_period = Avtalen gjeld ikkje no
    .cause = Perioden har ikkje byrja, eller han er over.
    .cure = Vent til perioden byrjar, eller lag ein ny avtale.

agreement_unknown_item = Punktet er ukjent
    .cause = Metoden har ikkje noko slikt punkt på sjekklista.
    .cure = Vel eitt av punkta i readiness.

agreement_unknown_method = Metoden er ukjend
    .cause = Det finst ingen metode med denne koden.
    .cure = Bruk koden for ein metode som finst, som AKTIVE_SAMMEN_5.

already_left = Har allereie gått ut av nettverket
    .cause = Deltakaren eller den frivillige har allereie gått ut av nettverket.
    .cure = Du treng ikkje gjere meir. Den som kjem attende, blir lagd til i nettverket på nytt.

already_taken_in = Sendinga er allereie teken inn
    .cause = Sendinga er allereie knytt til ein person i organisasjonen din.
    .cure = Les sendinga på nytt: person_id viser kven ho er knytt til.

archive_duty = Lova krev at det blir teke vare på
    .cause = Det kommunen har motteke, er i ferd med å ta imot eller har arkivert, kan ikkje slettast: lova seier at det skal takast vare på.
    .cure = Lat det stå. Er noko feil, blir det retta med ein ny versjon eller i arkivet.

archived_in_the_future = Arkiveringa ligg fram i tid
    .cause = archived_at er seinare enn no.
    .cure = Send tidspunktet det vart arkivert, eller utelat archived_at.

asked_too_soon = Det er for tidleg å spørje igjen
    .cause = Personen har sagt nei til det same, og dagen det kan spørjast igjen, er ikkje komen.
    .cure = Vent til dagen i ask_again_from på samtykket det vart sagt nei til.

assessed_in_the_future = Kartlegginga ligg fram i tid
    .cause = assessed_on er seinare enn i dag.
    .cure = Registrer kartlegginga når ho er gjord, eller rett datoen.

assessment_not_presented = Vurderinga er ikkje lagd fram for personen
    .cause = Den som ikkje har full samtykkekompetanse, skal få vite det, og kvifor.
    .cure = Snakk med personen, og send dagen i presented_to_person_on.

assessment_not_yet_decided = Vurderinga ligg fram i tid
    .cause = decided_on er seinare enn i dag.
    .cure = Registrer vurderinga når ho er gjord, eller rett datoen.

bad_parameter = Ein parameter er feil
    .cause = Adressa har ein parameter som ikkje er kjend her, eller som har ein verdi som ikkje kan brukast.
    .cure = Sjå på errors: der står det kva parametrar det gjeld, og kva som er feil.

body_too_large = Innhaldet er for stort
    .cause = Førespurnaden har meir innhald enn det som blir teke imot her.
    .cure = Send mindre om gongen.

briefing_already_held = Opplæringa er allereie registrert
    .cause = Opplæring i same temaet er allereie registrert for den frivillige denne dagen.
    .cure = Du treng ikkje gjere meir, med mindre datoen eller temaet er feil.

briefing_unknown_volunteer = Den frivillige er ukjend
    .cause = Det finst ingen slik frivillig i organisasjonen din.
    .cure = Kontroller volunteer_id, eller registrer den frivillige først.

capacity_assessment_reviewed_before_decided = Ny vurdering kjem før avgjerda
    .cause = review_on må vere seinare enn decided_on.
    .cure = Rett ein av dei to datoane.

capacity_assessment_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din.
    .cure = Kontroller person_id, eller registrer personen først.

capacity_not_assessed = Samtykkekompetansen er ikkje vurdert
    .cause = Det finst inga vurdering som gjeld i dag og seier at personen kan ta stilling til dette, eller vurderinga som er oppgitt, er ikkje den nyaste.
    .cure = Registrer ei ny vurdering, eller utelat capacity_assessment_id for å bruke den nyaste. Kan personen ikkje samtykkje, kan ein representant med samtykkerett gjere det.

clarification_missing = Avklaringa manglar
    .cause = Den siste avklaringa av tilvisinga må seie at det går vidare, og personen eller ein representant må vere samd i ho.
    .cure = Registrer ei slik avklaring, og prøv igjen.

clarification_not_agreed = Ingen har sagt seg samd i avklaringa
    .cause = Ei avklaring som seier at det går vidare, krev at personen eller ein representant er samd.
    .cure = Set agreed_by_person, eller oppgi representanten i agreed_by_id.

clarification_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din.
    .cure = Kontroller person_id: det er personen tilvisinga gjeld.

clarification_unknown_referral = Tilvisinga er ukjend
    .cause = Tilvisinga finst ikkje, eller du har ikkje tilgang til ho.
    .cure = Kontroller referral_id.

code_is_wrong = Koden er feil
    .cause = Det er ikkje koden til den andre faktoren på dette tidspunktet, eller han er brukt før: kvar kode gjeld éin gong.
    .cure = Vent på neste kode i autentiseringsappen, og sjå til at klokka på eininga går rett. Bruk ein gjenopprettingskode om appen manglar.

collaboration_agreement_already_active = Det finst alt ein metode
    .cause = Dei to organisasjonane har alt ein metode saman, om han så er stansa.
    .cure = Avslutt den avtalen først.

collaboration_agreement_already_open = Det finst allereie ein slik avtale
    .cause = De har alt eit utkast til ein avtale om denne metoden.
    .cure = Hald fram med han, eller avslutt han først.

collaboration_agreement_ends_before_it_starts = Avtalen sluttar før han byrjar
    .cause = valid_to er ikkje etter valid_from.
    .cure = Rett datoane.

confidentiality_declaration_already_signed = Teieplikterklæringa er allereie registrert
    .cause = Denne versjonen av teieplikterklæringa er allereie registrert for den frivillige denne dagen.
    .cure = Du treng ikkje gjere meir, med mindre datoen eller versjonen er feil.

confidentiality_declaration_signed_before_briefing = Underskriven før ho vart forklart
    .cause = Teieplikterklæringa må forklarast for den frivillige før ho blir underskriven.
    .cure = Kontroller briefed_on og signed_on.

confidentiality_declaration_unknown_volunteer = Den frivillige er ukjend
    .cause = Det finst ingen slik frivillig i organisasjonen din.
    .cure = Kontroller volunteer_id, eller registrer den frivillige først.

consent_does_not_cover = Samtykket dekkjer ikkje det som er valt
    .cause = Det er valt eit felt av den sosiale kartlegginga i ein kategori som personen ikkje har samtykt til.
    .cure = Vel færre felt, eller be om eit samtykke som dekkjer social_life eller support_needs. Førehandsvisinga seier i uncovered kva som manglar.

consent_ends_before_it_starts = Samtykket sluttar før det byrjar
    .cause = expires_at må vere seinare enn tidspunktet samtykket gjeld frå.
    .cure = Rett valid_from eller expires_at.

consent_for_another_referral = Tilvisinga er mellom andre
    .cause = Samtykket gjeld ein organisasjon som ikkje kjenner denne tilvisinga.
    .cure = Utelat referral_id: samtykket gjeld den og det som det nemner.

consent_required = Det krevst eit samtykke
    .cause = Mottakaren kan ikkje få vite om personen utan eit aktivt samtykke som dekkjer det.
    .cure = Hent først inn eit samtykke til tilvisinga til denne mottakaren. Eit system som sender over ei tilvising, sender samtykket med.

consent_to_oneself = Mottakaren er din eigen organisasjon
    .cause = Eit samtykke gjeld det ein annan organisasjon får vite, ikkje din eigen.
    .cure = Oppgi den andre organisasjonen i counterpart_organisation_id.

consent_unknown_organisation = Organisasjonen er ukjend
    .cause = Organisasjonen som skal få opplysningane, er ikkje registrert her.
    .cure = Kontroller counterpart_organisation_id mot lista over organisasjonar.

consent_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din.
    .cure = Kontroller subject_id, eller registrer personen først.

consent_unknown_referral = Tilvisinga er ukjend
    .cause = Det finst inga slik tilvising i organisasjonen din.
    .cure = Kontroller referral_id, eller utelat feltet.

contact_form_already_exists = Kontaktskjemaet finst allereie
    .cause = Deltakaren har allereie eit kontaktskjema i dette nettverket som ikkje er lukka.
    .cure = Skriv neste versjon av det skjemaet.

contact_form_is_unchanged = Kontaktskjemaet er uendra
    .cause = Versjonen seier det same som den førre.
    .cure = Endre noko, eller behald versjonen som står.

contact_form_of_another_network = Kontaktskjemaet høyrer til eit anna nettverk
    .cause = Kontaktskjemaet, eller nettverket som er oppgitt i det, høyrer ikkje til nettverket dette gjeld.
    .cure = Kontroller skjemaet og id-en til nettverket i skjemaet.

contact_form_signed_in_the_future = Skjemaet er signert fram i tid
    .cause = signed_on er seinare enn i dag.
    .cure = Send dagen det vart signert.

contact_form_unknown_network = Nettverket er ukjent
    .cause = Nettverket finst ikkje, eller du har ikkje tilgang til det.
    .cure = Kontroller network_id.

contact_form_unknown_participant = Personen er ikkje med i nettverket
    .cause = Eit kontaktskjema blir skrive for ein person som er deltakar i nettverket no.
    .cure = Legg personen til i nettverket først, eller kontroller person_id.

contact_form_unknown_unit = Eininga er ukjend
    .cause = Ein kommunal kontakt i skjemaet viser til ei eining som ikkje finst.
    .cure = Kontroller unit_id hos dei kommunale kontaktane, eller utelat feltet.

contact_form_unknown_volunteer = Den frivillige er ikkje med i nettverket
    .cause = Skjemaet fører opp ein frivillig som ikkje er med i nettverket no.
    .cure = Legg den frivillige til i nettverket først, eller ta vedkomande ut av skjemaet.

contact_form_version_unknown_capacity_assessment = Vurderinga er ukjend
    .cause = Det finst inga slik vurdering av samtykkekompetanse i organisasjonen din.
    .cure = Kontroller capacity_assessment_id, eller utelat feltet.

contact_form_version_unknown_form = Kontaktskjemaet er ukjent
    .cause = Kontaktskjemaet finst ikkje, eller du har ikkje tilgang til det.
    .cure = Kontroller contact_form_id.

contact_form_version_unknown_signer = Den som har skrive under, er ukjend
    .cause = Det finst ingen slik person i organisasjonen din.
    .cure = Kontroller signed_by_id, eller utelat feltet dersom personen ikkje er registrert.

contact_point_ends_before_it_starts = Kontaktpunktet sluttar før det byrjar
    .cause = Den første dagen utan kontaktpunktet må vere seinare enn dagen det byrja.
    .cure = Send ein seinare valid_to.

contact_point_substitutes_itself = Kontaktpunktet er sin eigen vikar
    .cause = Eit kontaktpunkt kan ikkje vere vikar for seg sjølv.
    .cure = Oppgi eit anna kontaktpunkt i substitute_id, eller ingen.

contact_point_unknown_membership = Medarbeidaren er ukjend
    .cause = Ingen i organisasjonen din har denne tilknytinga.
    .cure = Kontroller membership_id, eller utelat feltet.

contact_point_unknown_substitute = Vikaren er ukjend
    .cause = Det finst ikkje noko slikt kontaktpunkt i organisasjonen din.
    .cure = Kontroller substitute_id, eller registrer vikaren først.

contact_point_unknown_unit = Eininga er ukjend
    .cause = Det finst inga slik eining i organisasjonen din.
    .cure = Kontroller unit_id.

conversation_already_held = Samtalen er allereie halden
    .cause = Ein samtale som er halden, kan ikkje endrast eller haldast éin gong til.
    .cure = Planlegg ein ny samtale.

conversation_missing = Samtalen manglar
    .cause = Personen er ikkje snakka med i alle samtalane som metoden har før dette.
    .cure = Hald samtalane som er nemnde i errors, og registrer dei først.

conversation_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din.
    .cure = Kontroller person_id: det er personen tilvisinga gjeld.

conversation_unknown_referral = Tilvisinga er ukjend
    .cause = Tilvisinga finst ikkje, eller du har ikkje tilgang til ho.
    .cure = Kontroller referral_id.

conversation_unknown_step = Samtalesteget er ukjent
    .cause = Metoden som de hadde saman då tilvisinga vart send, har ingen slik samtale.
    .cure = Sjå stega i GET /v1/methods, eller la step stå tomt.

counterpart_already_requested = Det er allereie bede om eller godkjent
    .cause = Organisasjonen din har allereie bede om å få skrive til den andre.
    .cure = Finn han i lista over samarbeidspartar: han ventar på svar eller er godkjend.

counterpart_not_approved = Den andre organisasjonen har ikkje godkjent
    .cause = Ingenting kan sendast mellom dei to organisasjonane før den som vart spurd, har godkjent det.
    .cure = Spør ved å opprette ein samarbeidspart, og prøv igjen når det er godkjent.

counterpart_to_oneself = Det er din eigen organisasjon
    .cause = Ein organisasjon kan ikkje be om å få skrive til seg sjølv.
    .cure = Oppgi den andre organisasjonen i counterpart_organisation_id.

counterpart_unknown_organisation = Organisasjonen er ukjend
    .cause = Organisasjonen som blir spurd, er ikkje registrert her.
    .cure = Kontroller counterpart_organisation_id mot lista over organisasjonar.

current_password_is_wrong = Passordet du har no, er feil
    .cause = Passordet som vart oppgitt som det noverande, er ikkje passordet til kontoen.
    .cure = Skriv det på nytt. Pass på store bokstavar og språket på tastaturet.

delivery_is_not_a_referral = Sendinga er ikkje ei tilvising
    .cause = Berre ei tilvising kan takast inn og knytast til ein person.
    .cure = Stadfest at sendinga er motteken, i staden.

delivery_missing = Sei kven sitt kontaktskjema det er
    .cause = Fleire kontaktskjema for dette nettverket er sende, og inga tilvising seier kven dei gjeld.
    .cure = Oppgje ei forsending av kontaktskjemaet til personen (delivery_id).

delivery_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din, eller du har ikkje tilgang til personen.
    .cure = Kontroller person_id, eller utelat feltet for å registrere ein ny person frå sendinga.

delivery_without_name = Sendinga har ikkje noko namn
    .cause = Ein ny person kan ikkje registrerast frå ei sending som ikkje oppgir namnet.
    .cure = Registrer personen først, og send person_id.

flaw_another_contact = Det er nettverkskontakten, og berre han, som blir ført som nettverkskontakt.
flaw_another_name = Den frivillige har eit anna namn.
flaw_check_digit = Kontrollsifra stemmer ikkje: sjå etter ein tastefeil.
flaw_control_character = Det er eit kontrollteikn i teksten.
flaw_date = Datoen i nummeret er ikkje mogleg.
flaw_does_not_know = Den som står oppført, må først få vite det, og kva det skal brukast til.
flaw_duplicate = Det står der meir enn éin gong.
flaw_email = Det er ikkje ei e-postadresse.
flaw_format = Nummeret har ikkje rett form.
flaw_in_the_future = Dagen er ikkje komen enno.
flaw_item_length = Kvar har 1 til { $max } teikn.
flaw_item_twice = Punktet står der meir enn éin gong.
flaw_missing = Det manglar.
flaw_network_contact_missing = Nettverkskontakten er ikkje ført opp.
flaw_not_a_code = Ein kode har berre bokstavane a til z, siffer og understrekar, og byrjar med ein bokstav.
flaw_not_a_day = Skriv ein dag som ÅÅÅÅ-MM-DD, frå { $min } til { $max }.
flaw_not_a_key = Det er ikkje ein offentleg nøkkel på kurva si.
flaw_not_an_etag = Send ETag frå det siste svaret, med hermeteikn.
flaw_not_an_id = Skriv ein id med 36 teikn, slik han vart gitt.
flaw_not_an_instant = Skriv eit tidspunkt etter RFC 3339, til dømes 2026-11-01T10:00:00Z, frå { $min } til { $max }.
flaw_not_for_people = Denne rolla er for systemklientar, ikkje for personar.
flaw_not_for_this_role = Det passar ikkje til rolla.
flaw_not_held = Systemklientar kan ikkje ha denne tilgangen.
flaw_not_json = Det er ikkje JSON: sjå på linje { $line }, kolonne { $column }.
flaw_not_of_instrument = Instrumentet har berre desse: { $expected }.
flaw_not_so_many_days = Siste dag er ikkje før den fyrste, og det blir vist høgst { $max } dagar om gongen.
flaw_not_visible_ascii = Send 1 til 255 synlege ASCII-teikn.
flaw_other_country = Nummeret er frå eit anna land.
flaw_other_kind = Nummeret er av ein annan type.
flaw_personal_number = Nummeret er eit personnummer.
flaw_protected = Vernet skjuler dette: utelat det.
flaw_refuses_all = På grunn av dette elementet vart ingen av dei gjorde.
flaw_same_as_email = Passordet er e-postadressa.
flaw_test_number = Det er eit testnummer, og her blir verkelege personar registrerte.
flaw_too_early = Dagen er for tidleg: tidlegast { $min }.
flaw_too_large = For stort: høgst { $max }.
flaw_too_long = For langt: høgst { $max }.
flaw_too_short = For kort: minst { $min }.
flaw_too_small = For lite: minst { $min }.
flaw_unknown_field = Det finst ikkje noko slikt felt.
flaw_unknown_parameter = Det finst ingen slik parameter.
flaw_unknown_value = Det må vere ein av desse: { $expected }.
flaw_unreadable = Innhaldet kunne ikkje lesast til slutten.
flaw_wrong_type = { $expected ->
    [string] Det må vere tekst.
    [integer] Det må vere eit heiltal.
    [number] Det må vere eit tal.
    [boolean] Det må vere sant eller usant (true eller false).
    [array] Det må vere ei liste.
    [object] Det må vere eit objekt.
   *[other] Det må vere { $expected }.
}
flaw_wrong_value = Denne verdien kan ikkje brukast her.

event_unknown_sequence = Så langt har straumen ikkje kome
    .cause = Inga hending her har dette nummeret enno: installasjonen er sett tilbake til ein tidlegare dag, eller nummeret er frå ein annan straum.
    .cure = Samanlikn det du har lagra, med det som finst her no, og følg så straumen frå byrjinga.

follow_up_already_recorded = Denne delen er allereie registrert
    .cause = Oppfølginga med personen, eller med nettverkskontakten, er allereie registrert.
    .cure = Registrer den andre delen, eller vent til neste oppfølging.

follow_up_not_held = Ingen har snakka med personen enno
    .cause = Oppfølginga som er nemnd, er ikkje halden med personen.
    .cure = Registrer oppfølginga først, eller utelat follow_up_id.

follow_up_of_another_person = Oppfølginga gjeld ein annan
    .cause = Personen som målet gjeld, er ikkje med i nettverket som oppfølginga gjeld.
    .cure = Kontroller goal_id og follow_up_id.

forbidden = Du har ikkje tilgang til dette
    .cause = Dette krev { $scope }, som rolla di eller tokenet ditt ikkje gir.
    .cure = Spør nokon med ei rolle som tillèt det, eller be om eit token med denne tilgangen.

form_has_moved_on = Skjemaet har fått ein nyare versjon
    .cause = Versjon { $number } er den siste. Din byggjer på ein eldre.
    .cure = Les den siste versjonen, legg inn endringane dine i han, og send han med versjonsnummeret i based_on.

functional_assessment_ends_before_it_starts = Kartlegginga sluttar før ho byrjar
    .cause = valid_to er før valid_from.
    .cure = Rett valid_from eller valid_to.

functional_assessment_stays_municipal = Funksjonskartleggingar blir i kommunen
    .cause = Berre ein kommune har funksjonskartleggingar: dei er helseopplysningar som ingen andre treng.
    .cure = La ho bli hos kommunen. Det ein frivilligsentral treng å vite, fortel ei tilvising av den sosiale kartlegginga.

functional_assessment_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din, eller du har ikkje tilgang til personen.
    .cure = Kontroller person_id.

giver_may_not_consent = Vedkomande kan ikkje gi dette samtykket
    .cause = Personen er for ung til å samtykkje åleine, eller den som samtykkjer for personen, har ikkje rett til det.
    .cure = Lat nokon som har rett til det, samtykkje: relasjonen til personen må gi retten, og for eit barn må det vere ein forelder eller verje.

goal_not_measured_then = Det kan ikkje vere målt då
    .cause = measured_on er før målet blei sett, eller seinare enn i dag.
    .cure = Rett measured_on.

goal_outcome_already_measured = Målet er alt målt ved denne oppfølginga
    .cause = Ved ei oppfølging er det eitt resultat av kvart mål.
    .cure = Utelat follow_up_id, eller vent til neste oppfølging.

goal_outcome_missing = Resultatet av eit mål manglar
    .cause = Det er sett eit mål for tilvisinga som det ikkje er registrert noko resultat av.
    .cure = Registrer først eit resultat av kvart mål for tilvisinga.

goal_outcome_unknown_follow_up = Oppfølginga er ukjend
    .cause = Det finst inga slik oppfølging i organisasjonen din, eller du har ikkje tilgang til ho.
    .cure = Kontroller follow_up_id.

goal_outcome_unknown_goal = Målet er ukjent
    .cause = Det finst ikkje noko slikt mål i organisasjonen din, eller du har ikkje tilgang til det.
    .cure = Kontroller goal_id.

goal_reviewed_before_set = Målet skal sjåast på igjen før det er sett
    .cause = review_on er ikkje etter set_on.
    .cure = Rett set_on eller review_on.

goal_set_in_the_future = Målet er sett fram i tid
    .cause = set_on er seinare enn i dag.
    .cure = Registrer målet når det er sett, eller rett datoen.

goal_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din, eller du har ikkje tilgang til personen.
    .cure = Kontroller person_id.

goal_unknown_referral = Tilvisinga er ukjend
    .cause = Det finst inga slik tilvising i organisasjonen din.
    .cure = Kontroller referral_id.

guidance_request_unknown_network = Nettverket er ukjent
    .cause = Du ser ikkje noko slikt nettverk.
    .cure = Vel eit nettverk du ser, eller utelat det.

guidance_request_unknown_unit = Eininga er ukjend
    .cause = Mottakaren har inga slik eining.
    .cure = List einingane til mottakaren, og vel ei av dei.

held_in_the_future = Datoen er i framtida
    .cause = Det som skal vere halde, er seinare enn no.
    .cure = Registrer det når det er halde, eller rett datoen.

idempotency_key_required = Idempotency-Key manglar
    .cause = Denne førespurnaden opprettar eller endrar noko, og det går ikkje fram om han er send før.
    .cure = Send ein ny og unik Idempotency-Key med kvar ny førespurnad, og den same når du tek han opp att.

idempotency_key_reused = Denne Idempotency-Key er allereie brukt
    .cause = Den same nøkkelen er brukt til ein annan førespurnad.
    .cure = Bruk ein ny nøkkel til ein ny førespurnad. Ein førespurnad kan berre sendast om att slik han var.

identifier_not_active = Identitetsnummeret er ikkje lenger i bruk
    .cause = Identitetsnummeret er allereie bytt ut, eller det har falle bort.
    .cure = Byt ut nummeret som er aktivt no.

identity_numbers_not_kept = Identitetsnummer blir ikkje lagra her
    .cause = Organisasjonen din lagrar ikkje fødselsnummer eller andre nasjonale identitetsnummer.
    .cure = Registrer personen utan nummeret.

if_match_required = If-Match manglar
    .cause = Det som blir endra, må vere den versjonen du har lese, og førespurnaden seier ikkje kva for ein det er.
    .cure = Les det, og send ETag-en som If-Match.

illegal_move = Det kan ikkje gjerast no
    .cause = { $action } er ikkje mogleg når tilstanden er { $state }.
    .cure = Les på nytt, og vel noko av det som står i allowed_actions.

internal = Noko gjekk gale hos oss
    .cause = Det oppstod ein feil hos oss. Det er ikkje noko i vegen med førespurnaden din.
    .cure = Prøv igjen seinare. Skjer det igjen, meld frå med nummeret i instance.

invalid = Noko i førespurnaden er feil
    .cause = Førespurnaden kan lesast, men eitt eller fleire felt kan ikkje vere rette.
    .cure = Sjå på errors: der blir det peikt på kvart felt, og det står kva som er feil.

invitation_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din.
    .cure = Kontroller person_id, eller registrer personen først.

invitation_unknown_unit = Eininga er ukjend
    .cause = Det finst inga slik eining i organisasjonen din.
    .cure = Kontroller unit_id.

invitation_unknown_volunteer = Den frivillige er ukjend
    .cause = Det finst ingen slik frivillig i organisasjonen din.
    .cure = Kontroller volunteer_id, eller registrer den frivillige først.

last_admin = Dette er den siste administratoren
    .cause = Utan ein administrator er det ingen i organisasjonen som kan invitere den neste.
    .cure = Inviter ein ny administrator først.

legal_basis_decided_by_another_role = Ei anna rolle avgjer dette
    .cause = Regelen for denne paragrafen lèt { $roles } avgjere.
    .cure = Lat nokon i ei slik rolle avgjere, eller oppgi ein annan paragraf.

legal_basis_does_not_cover = Paragrafen dekkjer ikkje alt dette
    .cause = Paragrafen tillèt ikkje at denne mottakaren får alle slaga og kategoriane som vart sende.
    .cure = Oppgje færre slag eller kategoriar, ein annan mottakar eller ein annan paragraf, eller be om samtykke.

legal_basis_ends_before_it_starts = Heimelen sluttar før han byrjar
    .cause = Slutten på perioden er ikkje etter starten.
    .cure = Send ein slutt som er seinare enn starten.

legal_basis_to_oneself = Ein heimel gjeld ein annan organisasjon
    .cause = Det din eigen organisasjon veit, treng ingen heimel for å bli der.
    .cure = Oppgje organisasjonen som skal få opplysningane.

legal_basis_unknown_organisation = Ukjend organisasjon
    .cause = Det finst ingen organisasjon med id-en som vart send.
    .cure = Slå han opp med GET /v1/organisations.

legal_basis_unknown_person = Ukjend person
    .cause = Det finst ingen slik person som du kan sjå.
    .cure = Slå opp personen, eller registrer vedkomande først.

legal_basis_unknown_referral = Ukjend tilvising
    .cause = Det finst inga slik tilvising i organisasjonen din.
    .cure = Slå ho opp, eller utelat referral_id.

legal_basis_unknown_rule = Ingen slik regel gjeld
    .cause = Ingen regel med den koden gjeld her i dag. Desse gjeld: { $codes }.
    .cure = Send ein av desse kodane.

link_has_ended = Relasjonen er allereie avslutta
    .cause = Relasjonen mellom dei to personane er allereie over.
    .cure = Du treng ikkje gjere meir. Registrer ein ny relasjon dersom det er ein igjen.

log_entry_already_corrected = Loggføringa er alt retta
    .cause = Ei anna føring rettar ho alt.
    .cure = Les loggen på nytt, og rett føringa som retta ho.

log_entry_already_shared = Loggføringa er alt delt
    .cause = Ho er send til kommunen, eller ventar på å bli det.
    .cure = Du treng ikkje gjere meir. Sjå utleveringane for kor langt ho er komen.

log_entry_corrected_otherwise = Rettinga går ein annan veg
    .cause = Ei retting gjeld same person og blir delt på same måte som føringa ho rettar.
    .cure = Bruk person_id og share_with_municipality frå føringa.

log_entry_is_final = Loggføringa er endeleg
    .cause = Det som er endeleg i ein logg, blir ståande slik det vart skrive.
    .cure = Skriv ei ny føring som rettar ho, med correction_of_id. Begge blir tekne vare på.

log_entry_is_not_shared = Loggføringa skal ikkje delast
    .cause = share_with_municipality er no.
    .cure = Lat ho vere, eller skriv ei ny føring som kan delast.

log_entry_unknown_entry = Føringa som skal rettast, er ukjend
    .cause = correction_of_id er inga føring i loggen til dette nettverket som du kan rette.
    .cure = Vel ei føring i same nettverk. Ein frivillig rettar berre sine eigne.

log_entry_unknown_network = Nettverket er ukjent
    .cause = Nettverket finst ikkje i organisasjonen din, eller du er ikkje med i det.
    .cure = Vel eit nettverk som du ser.

log_entry_unknown_person = Personen er ikkje med i nettverket
    .cause = person_id er ingen av dei nettverket er for no.
    .cure = Vel ein deltakar i nettverket, eller lat feltet stå tomt.

log_entry_without_person = Det er ikkje sagt kven føringa gjeld
    .cause = Kommunen får berre vite det som gjeld ein deltakar, og med grunnlag for nett den.
    .cure = Oppgi person_id, eller set share_with_municipality til no.

log_review_ends_before_it_starts = Perioden sluttar før han byrjar
    .cause = to_on er før from_on.
    .cure = Rett dagane.

log_review_unknown_network = Nettverket er ukjent
    .cause = Nettverket finst ikkje i organisasjonen din.
    .cure = Vel eit nettverk i din eigen organisasjon.

looser_than_the_law = Lova seier meir
    .cause = { $code } er ein lovregel og gir { $law } ({ $source }): ein organisasjon kan ikkje gi mindre til dei ho vernar.
    .cure = Gjer regelen minst like streng som lova, eller lat han vere.

malformed = Førespurnaden kan ikkje lesast
    .cause = Innhaldet eller eit hovudfelt er ikkje skrive slik det må vere.
    .cure = Sjå på errors: der står det kvar, og kva som er venta. Innhald er JSON i UTF-8.

membership_already_exists = Tilknytinga finst allereie
    .cause = Kontoen har allereie denne rolla i organisasjonen.
    .cure = Logg inn med tilknytinga som finst.

membership_unknown_unit = Eininga er ukjend
    .cause = Det finst inga slik eining i organisasjonen din.
    .cure = Kontroller unit_id.

municipal_contact_missing = Den kommunale kontakten manglar
    .cause = Ein deltakar får kommunale tenester, og kontaktskjemaet oppgir ingen kommunal kontakt.
    .cure = Oppgi minst éin kommunal kontakt i kontaktskjemaet.

municipality_code_is_not_in_force = Kommunenummeret gjeld ikkje
    .cause = Ein kommune må ha eit kommunenummer, og nummeret må gjelde i dag.
    .cure = Finn nummeret som gjeld i dag: kommunar blir slegne saman og får nye nummer.

network_change_ends_before_it_starts = Det sluttar før det byrjar
    .cause = to_on er før from_on.
    .cure = Rett dagane.

network_change_unknown_network = Nettverket er ukjent
    .cause = Det er ikkje ditt nettverk, og organisasjonen din har ikkje fått kontaktskjemaet for det til ei eining du er i.
    .cure = Vel eit nettverk som du er med i.

network_change_unknown_person = Personen er ukjend
    .cause = person_id er ingen i organisasjonen din.
    .cure = Vel ein person som er registrert hos dykk.

network_contact_missing = Nettverkskontakten manglar
    .cause = Eit aktivt nettverk må ha ein frivillig som er nettverkskontakt.
    .cure = Gjer ein av dei frivillige til nettverkskontakt.

network_has_ended = Nettverket er avslutta
    .cause = Den andre sida har fortalt organisasjonen din at nettverket er avslutta.
    .cure = Ta kontakt med koordinatoren på telefon, eller meld behovet på nytt.

network_has_one_contact = Nettverket har allereie ein kontakt
    .cause = Eit nettverk har éin nettverkskontakt, og det har ein frå før.
    .cure = Legg til den frivillige utan denne oppgåva, eller flytt ho til vedkomande med make-contact.

network_message_unknown_network = Nettverket er ukjent
    .cause = Det er ikkje ditt nettverk, og organisasjonen din har ikkje fått kontaktskjemaet for det til ei eining du er i.
    .cure = Vel eit nettverk som du er med i.

network_message_unknown_person = Personen er ukjend
    .cause = person_id er ingen i organisasjonen din.
    .cure = Vel ein person som er registrert hos dykk.

network_missing = Det finst ikkje noko aktivt nettverk
    .cause = Tenesta kan starte når eit nettverk rundt personen er aktivt.
    .cure = Aktiver først eit nettverk som høyrer til tilvisinga.

network_participant_already_in = Deltakaren er allereie med i nettverket
    .cause = Personen er deltakar i dette nettverket frå før.
    .cure = Du treng ikkje gjere meir.

network_participant_missing = Nettverket har ingen deltakar
    .cause = Eit aktivt nettverk må ha minst éin deltakar.
    .cure = Legg til personen nettverket er for.

network_participant_unknown_network = Nettverket er ukjent
    .cause = Nettverket finst ikkje, eller du har ikkje tilgang til det.
    .cure = Kontroller network_id.

network_participant_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din.
    .cure = Kontroller person_id, eller registrer personen først.

network_unknown_referral = Tilvisinga er ukjend
    .cause = Det finst inga slik tilvising i organisasjonen din.
    .cure = Kontroller referral_id, eller utelat feltet.

network_volunteer_already_in = Den frivillige er allereie med i nettverket
    .cause = Den frivillige er med i dette nettverket frå før.
    .cure = Du treng ikkje gjere meir.

network_volunteer_unknown_network = Nettverket er ukjent
    .cause = Nettverket finst ikkje, eller du har ikkje tilgang til det.
    .cure = Kontroller network_id.

network_volunteer_unknown_volunteer = Den frivillige er ukjend
    .cause = Det finst ingen slik frivillig i organisasjonen din.
    .cure = Kontroller volunteer_id, eller registrer den frivillige først.

new_version_missing = Den nye versjonen av skjemaet manglar
    .cause = Oppfølginga seier at noko skal justerast, og det som blir justert, står i kontaktskjemaet.
    .cure = Send neste versjon av skjemaet i contact_form_version.

no_body_expected = Det er ikkje venta data her
    .cause = Denne førespurnaden treng ikkje data, men har det med seg.
    .cure = Send han utan innhald.

no_coordinator = Ingen koordinator
    .cause = Ingen rutingsregel passar til tilvisinga, eller mottakaren er ikkje godkjend.
    .cure = Oppgi mottakaren i counterpart_organisation_id, eller lag ein rutingsregel.

not_acceptable = Formatet finst ikkje her
    .cause = Førespurnaden godtek berre format som ikkje finst her.
    .cure = Utelat Accept, eller oppgi application/json der.

not_found = Her er det ingenting
    .cause = Det finst ikkje, eller du har ikkje tilgang til det.
    .cure = Kontroller adressa og id-en.

not_waiting_for_approval = Ho ventar ikkje på godkjenning
    .cause = Utleveringa er stansa av ein annan grunn, og han blir ikkje endra av ei godkjenning.
    .cure = Sjå på blocked_reason. Manglar samtykket, må det hentast inn.

not_yet_settled = Sendinga er ikkje ferdigbehandla
    .cause = Avsendaren må få vite kva det vart av sendinga før ho kan slettast.
    .cure = Arkiver ho, eller avvis ho.

not_yours = Du kan ikkje skrive her
    .cause = Du kan ikkje skrive dette her: det høyrer til ei anna eining eller ein annan organisasjon, eller til nokon du ikkje arbeider med.
    .cure = Kontroller id-ane i førespurnaden. Spør elles den som har saka.

nothing_to_change = Det er ingenting å endre
    .cause = Førespurnaden nemner ikkje noko som skal bli annleis.
    .cure = Send minst eitt felt som skal endrast.

occurred_in_the_future = Det har ikkje hendt enno
    .cause = Tidspunktet ligg fram i tid.
    .cure = Skriv det når det har hendt, eller rett tidspunktet.

offer_already_disclosed = Det er alt fortalt
    .cause = Organisasjonen som tok imot, har fått vite kven tilbodet gjeld.
    .cure = Sjå på utleveringa som disclosure_id nemner. Er ho stansa, sender eit samtykke ho på nytt.

offer_pool_is_empty = Det er ingen å spørje
    .cause = Ingen organisasjon utanom avsendaren og styresmakter har godkjent at din skriv til han.
    .cure = Be organisasjonar om å godkjenne din som motpart, eller set tilvisinga på venteliste.

offer_recipients_missing = Kven blir det tilbode til?
    .cause = Eit tilbod nemner organisasjonar eller går til den opne krinsen: eitt av dei to.
    .cure = Send organisation_ids, eller open_pool som true.

offer_reply_in_the_past = Svarfristen er ute
    .cause = reply_by_on er før i dag.
    .cure = Oppgi ein seinare dag, eller utelat reply_by_on.

offer_to_oneself = Tilbodet er til din eigen organisasjon
    .cause = Eit behov blir tilbode andre organisasjonar.
    .cure = Utelat din eigen frå organisation_ids. Det de beheld sjølve, godtek de.

offer_to_the_sender = Tilbodet er til den som bad om hjelp
    .cause = Organisasjonen som sende tilvisinga, kan ikkje få ho tilbode.
    .cure = Oppgi andre organisasjonar, eller vis tilvisinga vidare eller avslå ho.

offer_unknown_organisation = Organisasjonen er ukjend
    .cause = Ein organisasjon som er nemnd, er ikkje registrert her.
    .cure = Kontroller organisation_ids mot lista over organisasjonar.

only_for_staff = Berre tilsette skriv dette
    .cause = Eit av felta er for det tilsette skriv for seg sjølve.
    .cure = Utelat feltet.

organisation_number_is_wrong = Organisasjonsnummeret er feil
    .cause = Det er ikkje eit gyldig organisasjonsnummer i landet som er oppgitt.
    .cure = Kontroller nummeret og landet.

organisation_rule_already_exists = Det finst alt ein slik regel
    .cause = Ein regel i organisasjonen med same namn og teneste gjeld nokre av desse dagane.
    .cure = Avslutt han først, eller byrj når han er slutt.

organisation_rule_ends_before_it_starts = Regelen sluttar før han byrjar
    .cause = valid_to er den første dagen regelen ikkje lenger gjeld, og er ikkje etter valid_from.
    .cure = Send ein seinare valid_to.

other_organisations_must_agree = Andre organisasjonar må vere samde
    .cause = Kontoen er medlem av andre organisasjonar òg, og eit nytt passord opnar alle.
    .cure = Få ei lenkje frå ein administrator i kvar organisasjon, og send kodane frå alle lenkjene samla.

outside_target_group = Personen er utanfor målgruppa
    .cause = Den siste avklaringa seier at personen er utanfor målgruppa, så tilvisinga kan ikkje takast imot.
    .cure = Avslå tilvisinga eller vis ho vidare, eller registrer ei ny avklaring dersom det har endra seg.

password_length = Passordet har feil lengd
    .cause = Eit passord har { $min } til { $max } teikn.
    .cure = Vel eit anna. Nokre ord etter kvarandre er lette å hugse.

period_is_over = Perioden er over
    .cause = Samtykket ville allereie ha gått ut: expires_at er passert.
    .cure = Lag eit nytt samtykke med ein seinare expires_at.

person_identifier_already_registered = Identitetsnummeret er alt registrert
    .cause = Personen har dette nummeret frå før, kanskje skrive på ein annan måte.
    .cure = Du treng ikkje gjere noko: les numra til personen.

person_identifier_belongs_to_another = Identitetsnummeret er allereie registrert
    .cause = Nummeret er allereie registrert i organisasjonen din, på ein annan person eller på denne.
    .cure = Søk på nummeret for å finne personen. Ikkje registrer same personen to gonger.

person_identifier_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din.
    .cure = Kontroller person_id, eller registrer personen først.

person_is_not_protected = Personen er ikkje verna
    .cause = Det er ikkje noko vern å opne eller avslutte.
    .cure = Du treng ikkje gjere meir. Opplysningane står på personen.

person_is_protected = Personen har verna identitet
    .cause = Det som identifiserer personen, blir verken vist eller endra her så lenge identiteten er verna.
    .cure = Den som har tilgang, kan lese dei verna opplysningane til eit oppgitt formål. Skal dei endrast, må vernet avsluttast først.

person_link_already_exists = Relasjonen finst allereie
    .cause = Dei to personane har allereie ein slik relasjon som ikkje er avslutta.
    .cure = Endre den relasjonen, eller avslutt han først.

person_link_ends_before_it_starts = Relasjonen sluttar før han byrjar
    .cause = valid_to må vere seinare enn valid_from.
    .cure = Rett ein av dei to datoane.

person_link_to_oneself = Det er same personen
    .cause = Ein person kan ikkje vere pårørande eller representant for seg sjølv.
    .cure = Oppgi ein annan person i related_person_id.

person_link_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din.
    .cure = Kontroller person_id, eller registrer personen først.

person_link_unknown_related_person = Den pårørande er ukjend
    .cause = Det finst ingen slik person i organisasjonen din.
    .cure = Kontroller related_person_id, eller registrer den pårørande eller representanten først.

person_missing = Personen manglar
    .cause = Førespurnaden seier ikkje kven tilvisinga gjeld.
    .cure = Send person, eller person_id for ein som er kjend.

person_unknown_responsible = Den ansvarlege er ukjend
    .cause = Ingen i organisasjonen din har denne tilknytinga.
    .cure = Kontroller responsible_id, eller utelat feltet.

person_unknown_unit = Eininga er ukjend
    .cause = Det finst inga slik eining i organisasjonen din.
    .cure = Kontroller unit_id, eller utelat feltet.

protected_identity = Identiteten til personen er verna
    .cause = Det vart sendt noko som vernenivået skjuler.
    .cure = Utelat felta som svaret peikar på.

protected_needs_second_person = Ein annan må godkjenne
    .cause = Det er ikkje for den som skreiv det eller verna personen, og heller ikkje for den som ville sjå meir av det.
    .cure = Lat ein annan godkjenne det.

protection_ends_before_it_starts = Vernet sluttar før det byrjar
    .cause = protected_until må vere seinare enn i dag.
    .cure = Send ein seinare dag, eller utelat protected_until dersom det ikkje er sett nokon slutt.

protection_lapses_earlier = Vernet fell bort tidlegare
    .cause = Eit vern på dette nivået varer ikkje så lenge som du bad om.
    .cure = Send ein tidlegare dag, og forny vernet i tide.

recipient_missing = Mottakaren manglar
    .cause = Eit behov som kommunen melder, blir sendt til ein mottakar. Det som blir i eigen organisasjon, er meldt av nokon andre.
    .cure = Oppgi mottakaren i counterpart_organisation_id, eller vel ein annan source_channel.

referral_already_open = Personen har allereie ei slik tilvising
    .cause = Ei tilvising av personen til den same tenesta er allereie i gang.
    .cure = Hald fram med den tilvisinga, eller avslutt ho først.

referral_already_pushed = Tilvisinga finst allereie
    .cause = Ei tilvising med same id frå same systemet er registrert med eit anna innhald.
    .cure = Endre tilvisinga som finst, eller bruk ein ny external_id.

referral_chooses_of_nothing = Eit val treng ei sosial kartlegging og felt
    .cause = social_assessment_id og social_fields høyrer saman: den eine er send, eller står att, utan den andre.
    .cure = Send begge, eller trekk begge tilbake med null og ei tom liste.

referral_has_ended = Tilvisinga er avslutta
    .cause = Ei tilvising som er avslutta, blir ikkje endra lenger.
    .cure = Lag ei ny tilvising. Gjenopning kopierer denne til eit nytt utkast.

referral_not_accepted = Tilvisinga er ikkje akseptert
    .cause = Eit nettverk blir aktivt for ei tilvising som er akseptert eller står på venteliste; denne gjer ikkje det, eller er avslutta.
    .cure = Snakk med personen, avklar og aksepter tilvisinga først.

referral_of_another_person = Tilvisinga gjeld ein annan
    .cause = Personen som er oppgitt, er ikkje den tilvisinga gjeld.
    .cure = Kontroller person_id og referral_id.

referral_to_oneself = Mottakaren er din eigen organisasjon
    .cause = Ei tilvising blir send til ein annan organisasjon, eller blir her utan mottakar.
    .cure = Oppgi den andre organisasjonen i counterpart_organisation_id, eller utelat feltet.

referral_unknown_cared_for_person = Den som får omsorg, er ukjend
    .cause = Det finst ingen slik person i organisasjonen din.
    .cure = Kontroller cared_for_person_id, eller utelat feltet.

referral_unknown_legal_basis = Ukjend heimel
    .cause = Det finst ingen slik heimel i organisasjonen din.
    .cure = Slå han opp med GET /v1/legal-bases, eller send eit samtykke.

referral_unknown_organisation = Mottakaren er ukjend
    .cause = Organisasjonen som er oppgitt som mottakar, er ikkje registrert her.
    .cure = Kontroller counterpart_organisation_id mot lista over organisasjonar.

referral_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din, eller du har ikkje tilgang til personen.
    .cure = Kontroller person_id, eller registrer personen først.

referral_unknown_social_assessment = Den sosiale kartlegginga er ukjend
    .cause = Det finst inga slik sosial kartlegging i organisasjonen din, eller du har ikkje tilgang til ho.
    .cure = Kontroller social_assessment_id.

referral_unknown_unit = Eininga er ukjend
    .cause = Det finst inga slik eining i organisasjonen din.
    .cure = Kontroller unit_id, eller sent_by_unit_id når eit system sender over tilvisinga.

representative_without_mandate = Den pårørande kan ikkje skrive under
    .cause = Ein pårørande skriv under ut frå ei vurdering av samtykkekompetansen til personen, eller ein relasjon som gir rett til å samtykkje.
    .cure = Oppgi vurderinga i capacity_assessment_id, eller den pårørande i signed_by_id.

representative_without_right = Representanten har ikkje rett til å samtykkje
    .cause = Ingen av relasjonane til personen gir denne representanten rett til å samtykkje i dag.
    .cure = Registrer relasjonen med samtykkerett, eller oppgi ein annan representant.

responsibility_already_borne = Ei eining har alt dette ansvaret
    .cause = Personen har alt ei ansvarleg eining på dette området.
    .cure = Avslutt det ansvaret først.

responsibility_not_ended_formally = Ansvaret er ikkje avslutta formelt
    .cause = At ein frivillig er funnen, avsluttar ikkje i seg sjølv det personen har krav på. Det manglar at personen er einig, eller at vedtaket er formelt endra.
    .cure = Registrer at personen er einig, og vedtaket som endra det, med dato.

responsibility_unknown_person = Personen er ukjend
    .cause = Du ser ingen slik person.
    .cure = Kontroller person_id.

responsibility_unknown_unit = Eininga er ukjend
    .cause = Det finst inga slik eining i organisasjonen din.
    .cure = Kontroller responsible_unit_id.

review_in_the_past = Dagen for gjennomgang er ikkje fram i tid
    .cause = review_on er i dag eller før.
    .cure = Oppgi ein seinare dag.

routing_rule_ends_before_it_starts = Regelen sluttar før han byrjar
    .cause = valid_to er ikkje etter valid_from.
    .cure = Rett datoane.

rule_does_not_fit = Dette er ikkje det ein slik regel seier
    .cause = Ein frist har length og unit, ein alder har years, ein fridag har name og anten month_day eller days_after_easter og inga teneste.
    .cure = Send felta til denne typen regel, og ingen andre.

second_factor_already_exists = Det finst ein andre faktor allereie
    .cause = Kontoen har ein andre faktor, eller ein annan blir lagd til akkurat no.
    .cure = Fjern han først, med passordet og ein kode.

second_factor_does_not_exist = Det finst ingen slik andre faktor
    .cause = Kontoen har ingen andre faktor å fjerne, eller ingen som ventar på å bli stadfesta.
    .cure = Les kontoen: second_factor_since seier om han har ein. Begynn på nytt for å leggje til ein.

second_factor_missing = Ein andre faktor manglar
    .cause = Organisasjonen din krev ein andre faktor av medlemene, og denne økta vart opna utan.
    .cure = Legg til ein på kontoen din og stadfest han, om han ingen har; forny så økta.

second_factor_required = Ein kode krevst
    .cause = Passordet er rett. Kontoen har ein andre faktor, og koden vart ikkje send med.
    .cure = Send førespurnaden på nytt med koden frå autentiseringsappen, eller med ein gjenopprettingskode.

send_application_json = Send JSON
    .cause = Innhaldet er ikkje merkt som JSON.
    .cure = Send Content-Type: application/json. Ein PATCH kan òg sende application/merge-patch+json.

send_unencoded = Send det ukoda
    .cause = Innhaldet er komprimert eller koda på ein annan måte.
    .cure = Send innhaldet som det er, utan Content-Encoding.

social_assessment_of_another_person = Den sosiale kartlegginga gjeld ein annan
    .cause = Personen som tilvisinga gjeld, er ikkje den som er kartlagd.
    .cure = Kontroller social_assessment_id.

social_assessment_unknown_person = Personen er ukjend
    .cause = Det finst ingen slik person i organisasjonen din, eller du har ikkje tilgang til personen.
    .cure = Kontroller person_id.

stale = Det er endra sidan du las det
    .cause = Nokon har endra det etter den versjonen du har.
    .cure = Les på nytt, sjå kva som er nytt, og send endringa di med den nye ETag-en.

system_client_already_exists = Namnet er allereie i bruk
    .cause = Organisasjonen din har allereie ein systemklient med dette namnet.
    .cure = Vel eit anna namn.

system_client_key_already_registered = Nøkkelen er allereie registrert
    .cause = Organisasjonen din har allereie registrert den same offentlege nøkkelen.
    .cure = Lag eit nytt nøkkelpar. Kvar nøkkel blir registrert éin gong.

system_client_key_unknown_client = Systemklienten er ukjend
    .cause = Det finst ingen slik systemklient i organisasjonen din.
    .cure = Kontroller system_client_id.

text_does_not_cover_updates = Teksten dekkjer ikkje oppdateringar
    .cause = Samtykket omfattar det som kjem seinare, og teksten som skal visast, seier ikkje det.
    .cure = Vel ein tekst som dekkjer oppdateringar, eller lag eit samtykke utan dei.

too_deep = JSON-innhaldet har for mange nivå
    .cause = Innhaldet har meir enn { $max } nivå inni kvarandre.
    .cure = Send det med færre nivå.

too_many_requests = For mange førespurnader
    .cause = Det kom for mange på kort tid. Prøv igjen om { $seconds } sekund.
    .cure = Vent så lenge som Retry-After seier.

too_slow = Innhaldet brukte for lang tid på å kome fram
    .cause = Førespurnaden byrja, og resten kom ikkje fram i tide.
    .cure = Send han på nytt, helst over eit betre samband.

try_again = Prøv igjen
    .cause = Nokon andre endra det same i same augneblinken. Ingenting av førespurnaden din vart utført.
    .cure = Send den same førespurnaden på nytt, med same Idempotency-Key.

two_bases = Det er to grunnlag
    .cause = Både samtykke og heimel vart sende, og det som går ut, har eitt grunnlag.
    .cure = Send consent eller legal_basis_id, ikkje begge.

unauthorised = Du er ikkje logga inn
    .cause = Det som viser kven du er, manglar, er feil eller gjeld ikkje lenger.
    .cure = Logg inn eller hent eit nytt token, og prøv igjen.

unavailable = Tenesta er ikkje tilgjengeleg no
    .cause = Vi kan ikkje svare akkurat no.
    .cure = Prøv igjen så snart Retry-After seier det, med same Idempotency-Key.

unit_already_exists = Eininga finst allereie
    .cause = Organisasjonen din har allereie ei eining med dette namnet.
    .cure = Bruk eininga som finst, eller vel eit anna namn.

unit_ends_before_it_starts = Eininga sluttar før ho byrjar
    .cause = Den første dagen utan eininga må vere seinare enn dagen ho byrja.
    .cure = Send ein seinare valid_to.

unit_needs_contact_point = Eininga treng ein kontaktperson
    .cause = Dette er det siste kontaktpunktet til eininga, og kontaktskjema for nettverk som framleis er i gang, viser til eininga.
    .cure = Opprett eit anna kontaktpunkt for eininga først.

unknown_consent_text = Samtykketeksten er ukjend
    .cause = Det finst ingen tekst med denne koden, versjonen og språket.
    .cure = Kontroller text_code, text_version og språket. Utelat versjonen for å få den nyaste.

unknown_instrument = Instrumentet er ukjent
    .cause = Ingen instrument med denne koden og versjonen galdt i dette landet på dagen for kartlegginga.
    .cure = Kontroller instrument, instrument_version – GET /v1/instruments.

unknown_membership = Tilknytinga er ukjend
    .cause = Du har ikkje denne tilknytinga, eller ho er avslutta.
    .cure = Vel ei av tilknytingane som høyrer til kontoen din.

unknown_protection_level = Vernenivået er ukjent
    .cause = Det finst ikkje noko slikt vernenivå i landet ditt.
    .cure = Kontroller level mot reglane i landet ditt.

unknown_rule = Det finst ingen slik regel
    .cause = Ingen regel med den koden gjeld i landet nokon av desse dagane.
    .cure = List reglane i landet, og send koden til ein av dei.

unmet_need_report_unknown_network = Nettverket er ukjent
    .cause = Du ser ikkje noko slikt nettverk.
    .cure = Vel eit nettverk du ser.

unmet_need_report_unknown_participant = Personen er ikkje med i nettverket
    .cause = Meldinga gjeld ein person som ikkje deltek i nettverket no.
    .cure = Vel ein deltakar i nettverket, eller utelat personen.

unmet_need_report_unknown_unit = Eininga er ukjend
    .cause = Mottakaren har inga slik eining.
    .cure = List einingane til mottakaren, og vel ei av dei.

volunteer_not_prepared = Den frivillige er ikkje klar
    .cause = Ein frivillig manglar ei av dei to opplæringane, eller har ikkje skrive under teieplikterklæringa.
    .cure = Registrer det som manglar. Før det møter den frivillige ingen.

widening_needs_asking = Spør på nytt for å utvide
    .cause = Eit samtykke kan berre snevrast inn: dette ville dekkje meir eller vare lenger.
    .cure = Lag eit nytt samtykke, og spør personen.

witness_missing = Vitnet manglar
    .cause = Eit samtykke som blir gitt munnleg, krev eit vitne.
    .cure = Oppgi i witness kven som høyrde det.

wrong_email_or_password = E-post eller passord er feil
    .cause = Det finst ingen konto med denne e-postadressa og dette passordet.
    .cure = Skriv begge på nytt. Pass på store bokstavar og språket på tastaturet.

wrong_method = Metoden kan ikkje brukast her
    .cause = Adressa finst, men ho tek ikkje imot denne metoden.
    .cure = Bruk ein av metodane i Allow.
